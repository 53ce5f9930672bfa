using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Web.Features.Accounts.Bearer;

/// <summary>What a token is good for; one is never taken for the other.</summary>
static class TokenKinds
{
    public const string Access = "access";
    public const string Refresh = "refresh";
}

/// <summary>What a token says. Its names are those that existing clients read.</summary>
/// <param name="Id">Random; of a refresh token it is the secret that the database knows by its hash.</param>
/// <param name="Proof">Agrees with the account as long as its password, roles and state are those of the sign-in.</param>
sealed record TokenFacts(
    [property: JsonPropertyName("token_type")] string Kind,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("nbf")] long NotBefore,
    [property: JsonPropertyName("jti")] string Id,
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("sid")] Guid SessionId,
    [property: JsonPropertyName("ver")] string Proof,
    [property: JsonPropertyName("user_id")] Guid UserId,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("username")] string UserName,
    [property: JsonPropertyName("email")] string Email)
{
    private static readonly JsonSerializerOptions Strict = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Strict);

    /// <summary>Null when a part is missing or is something else.</summary>
    public static TokenFacts? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<TokenFacts>(json, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} of {UserId}");
}
