using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Crm.Web.Features.Accounts.Bearer;

/// <summary>The tokens that programs sign in with. Section <c>Tokens</c>.</summary>
public sealed class TokensOptions : IValidatableObject
{
    /// <summary>HS256 wants a key as long as its hash.</summary>
    public const int ShortestKey = 32;

    /// <summary>Signs them; empty lets the shop make one and keep it, encrypted, in its database. A new one ends every token.</summary>
    public string? Key { get; set; }

    /// <summary>How long an access token lasts.</summary>
    [Range(1, 1440)]
    public int AccessMinutes { get; set; } = 60;

    /// <summary>How long a refresh token lasts.</summary>
    [Range(1, 720)]
    public int RefreshHours { get; set; } = 24;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Key) && Encoding.UTF8.GetByteCount(Key) < ShortestKey)
            yield return new ValidationResult($"a key has at least {ShortestKey} bytes.", [nameof(Key)]);
    }
}
