using Crm.Web.Platform.Typed;

namespace Crm.Web.Tests.Platform.Typed;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("kwame@accragrill.example")]
    [InlineData(" Kwame.Mensah+shop@mail.co.ke ")]
    [InlineData("o'brien@example.com")]
    [InlineData("ọláyínká@example.com")]
    public void An_address_is_taken(string text) => Assert.True(EmailAddress.IsValid(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kwame")]
    [InlineData("kwame@")]
    [InlineData("@example.com")]
    [InlineData("kwame@localhost")]
    [InlineData("kwame@example.")]
    [InlineData("kwame@.example.com")]
    [InlineData("kwame@-example.com")]
    [InlineData("kwame@exam ple.com")]
    [InlineData("Kwame <kwame@example.com>")]
    [InlineData("kwame@example.com, ama@example.com")]
    [InlineData("kwame@example.com\r\nBcc: all@example.com")]
    [InlineData("kwame@example.c")]
    public void What_mail_would_not_reach_is_not_taken(string? text) => Assert.False(EmailAddress.IsValid(text));
}
