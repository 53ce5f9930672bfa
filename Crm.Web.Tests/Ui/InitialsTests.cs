using Crm.Web.Ui;

namespace Crm.Web.Tests.Ui;

public class InitialsTests
{
    [Theory]
    [InlineData("Ama Boakye", "AB")]
    [InlineData("Ọláyínká Adébáyò", "ỌA")]
    [InlineData("Jean-Marc Pierre", "JP")]
    [InlineData("Mama Nkẹ́chi's Kitchen", "MK")]
    [InlineData("O\u0323la\u0301 Ade", "O\u0323A")]
    [InlineData("  Kwame  ", "K")]
    [InlineData("7 Seas", "7S")]
    [InlineData("(no name)", "N")]
    [InlineData("", "?")]
    [InlineData("— !", "?")]
    public void First_letters_of_the_first_and_the_last_word(string name, string expected) => Assert.Equal(expected, Initials.Of(name));

    [Fact]
    public void A_name_keeps_its_tint() => Assert.Equal(Initials.Tint("Ama Boakye"), Initials.Tint("Ama Boakye"));
}
