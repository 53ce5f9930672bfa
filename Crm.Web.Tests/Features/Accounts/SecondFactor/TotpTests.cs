using System.Text;
using Crm.Web.Features.Accounts.SecondFactor;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Web.Tests.Features.Accounts.SecondFactor;

public sealed class TotpTests
{
    private static readonly byte[] Key = "12345678901234567890"u8.ToArray();

    /// <summary>RFC 6238, appendix B, the rows of SHA-1.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        var at = DateTime.UnixEpoch.AddSeconds(seconds);
        Assert.Equal(code, Totp.Code(Key, Totp.StepAt(at), digits: 8));
        Assert.Equal(code[2..], Totp.Code(Key, Totp.StepAt(at)));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void One_step_before_and_after_is_still_right(int seconds, bool right)
    {
        var now = DateTime.UnixEpoch.AddSeconds(1_800_000_000);
        var step = Totp.StepAt(now.AddSeconds(seconds));
        Assert.Equal(right ? step : null, Totp.StepOf(Key, Totp.Code(Key, step), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("ⅫⅫⅫ")]
    public void What_is_no_code_is_never_right(string typed) => Assert.Null(Totp.StepOf(Key, typed, DateTime.UnixEpoch.AddSeconds(59)));

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_as_the_apps_read_them(string text, string expected) => Assert.Equal(expected, Base32.Encode(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_secret_has_160_bits_is_stored_encrypted_and_is_gone_with_its_keys()
    {
        var keys = new AuthenticatorKeys(new EphemeralDataProtectionProvider());
        var (one, two) = (keys.Make(), keys.Make());

        Assert.Equal(20, keys.Read(one)!.Length);
        Assert.NotEqual(keys.Read(one), keys.Read(two));
        Assert.DoesNotContain(Convert.ToBase64String(keys.Read(one)!)[..12], one, StringComparison.Ordinal);
        Assert.InRange(one.Length, 1, 500);
        Assert.Null(new AuthenticatorKeys(new EphemeralDataProtectionProvider()).Read(one));
        Assert.Null(keys.Read("no base 64"));
    }
}
