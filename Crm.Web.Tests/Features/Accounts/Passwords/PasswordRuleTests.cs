using Crm.Web.Features.Accounts.Passwords;

namespace Crm.Web.Tests.Features.Accounts.Passwords;

[Trait("contract", "M-005")]
public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData("Yam-and-7")]
    [InlineData("yam and 7!")]
    [InlineData("Ọláyínká#7")]
    [InlineData("ñame€2026")]
    public void Letters_digits_and_special_characters_of_any_script_make_a_password(string password) =>
        Assert.Empty(PasswordRule.Complaints(password));

    [Theory]
    [InlineData("ya-7", "This password is too short. It must contain at least 8 characters.")]
    [InlineData("12345678!", "The password must contain at least 1 letter.")]
    [InlineData("yamyamyam!", "The password must contain at least 1 digit.")]
    [InlineData("yamyam 777", "The password must contain at least 1 special character.")]
    public void What_is_missing_is_said(string password, string complaint) =>
        Assert.Equal([complaint], PasswordRule.Complaints(password));

    [Fact]
    public void A_password_has_an_end() =>
        Assert.Equal(["This password is too long. It may contain at most 200 characters."], PasswordRule.Complaints(new string('a', 200) + "1!"));

    [Theory]
    [InlineData("P@ssw0rd"), InlineData("p@SSW0RD"), InlineData("1qaz!QAZ"), InlineData("Password1!"), InlineData("ncc-1701")]
    public void What_everybody_guesses_is_refused(string password) => Assert.Equal(["This password is too common."], PasswordRule.Complaints(password));

    [Fact]
    public void The_list_has_the_ten_thousand_commonest()
    {
        Assert.All(["123456", "password", "password123", "dragon", "qwerty"], password => Assert.True(CommonPasswords.Has(password)));
        Assert.False(CommonPasswords.Has("Egusi & ogbono 4"));
    }

    [Theory]
    [InlineData("ama.boakye7@mail.example", "Ama", "ama.boakye7@mail.example")]
    [InlineData("ama.boakye7@mail.example", "Ama", "AMA.Boakye7")]
    [InlineData("a@mail.example", "D'Arcy-2 Lee", "d'arcy-2 lee")]
    [InlineData("a@mail.example", "D'Arcy-2 Lee", "D'Arcy-2Lee")]
    public void The_owners_address_and_name_are_no_password(string email, string name, string password) =>
        Assert.Equal(["This password is too similar to your name or e-mail address."], PasswordRule.Complaints(password, email, name));
}
