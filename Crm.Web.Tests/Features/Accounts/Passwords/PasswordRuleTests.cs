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
}
