using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Crm.Web.Features.Accounts.Bearer;

namespace Crm.Web.Tests.Features.Accounts.Bearer;

[Trait("contract", "M-008")]
public sealed class JwsTests
{
    // RFC 7515, appendix A.1
    private const string Vector = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static readonly byte[] VectorKey = Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void The_vector_of_the_standard_is_read()
    {
        var payload = Jws.Read(Vector, VectorKey);

        Assert.Equal("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}", Encoding.UTF8.GetString(payload!));
    }

    [Fact]
    public void What_was_written_is_read_with_the_same_key_alone()
    {
        var token = Jws.Write("{}"u8, Key);

        Assert.Equal("{}"u8.ToArray(), Jws.Read(token, Key));
        Assert.Null(Jws.Read(token, RandomNumberGenerator.GetBytes(32)));
        Assert.StartsWith("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.", token, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"HS384"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"hs256"}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("""["HS256"]""")]
    [InlineData("not json")]
    public void A_header_that_asks_for_anything_else_is_refused_even_when_the_signature_is_right(string header)
    {
        Assert.Null(Jws.Read(Signed(header, "{}"), Key));
    }

    [Fact]
    public void Every_other_way_to_write_a_token_is_refused()
    {
        var token = Jws.Write("""{"sub":"achieng"}"""u8, Key);
        var (head, body, signature) = (token.Split('.')[0], token.Split('.')[1], token.Split('.')[2]);
        string[] others =
        [
            "", ".", "..", "...", head, $"{head}.{body}", $"{head}.{body}.", $"{head}.{body}.{signature}.", $"{head}.{body}.{signature}=", $" {token}", $"{token}\n",
            $"{head}.{body}.{Last(signature)}", $"{head}.{Last(body)}.{signature}", $"{body}.{head}.{signature}", $"{head}.{body}.{signature[..^1]}",
            $"{Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8)}.{body}.", token + new string('a', Jws.Longest), "Ọláyínká.Ọláyínká.Ọláyínká",
        ];

        Assert.All(others, other => Assert.Null(Jws.Read(other, Key)));
    }

    // The last character of 32 bytes holds two bits that say nothing.
    private static string Last(string part) => part[..^1] + (char)(part[^1] + 1);

    private static string Signed(string header, string payload)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(text)))}";
    }
}
