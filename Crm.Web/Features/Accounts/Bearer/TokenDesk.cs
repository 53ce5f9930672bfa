using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Platform.Api;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Bearer;

/// <summary>Writes tokens and takes them back; whether their session still stands is asked elsewhere.</summary>
sealed class TokenDesk(TokenKey key, IOptions<TokensOptions> options, TimeProvider clock)
{
    public const string Issuer = "crm";
    public const string Audience = "crm-api";

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private const int SkewSeconds = 60;

    /// <summary>An access token of a session.</summary>
    public Task<string> WriteAccessAsync(AccountFace account, Guid sessionId, CancellationToken ct) =>
        WriteAsync(TokenKinds.Access, TimeSpan.FromMinutes(options.Value.AccessMinutes), SecretToken.New(), account, sessionId, ct);

    /// <summary>A refresh token of a session.</summary>
    /// <param name="id">A <see cref="SecretToken"/>; the database keeps its hash.</param>
    public Task<string> WriteRefreshAsync(string id, AccountFace account, Guid sessionId, CancellationToken ct) =>
        WriteAsync(TokenKinds.Refresh, RefreshLife, id, account, sessionId, ct);

    /// <summary>What a token of this kind says, when we signed it and it is its time; else null.</summary>
    public async Task<TokenFacts?> ReadAsync(string token, string kind, CancellationToken ct)
    {
        if (Jws.Read(token, await key.GetAsync(ct)) is not { } json || TokenFacts.Parse(json) is not { } facts) return null;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return facts.Kind == kind && facts is { Issuer: Issuer, Audience: Audience } && now < facts.ExpiresAt && now >= facts.NotBefore - SkewSeconds ? facts : null;
    }

    public TimeSpan RefreshLife => TimeSpan.FromHours(options.Value.RefreshHours);

    /// <summary>Another password, another set of roles, another proof; it gives away neither.</summary>
    public static string ProofOf(AccountFace account) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{account.Stamp}|{string.Join(',', account.Roles)}")).AsSpan(0, 12));

    private async Task<string> WriteAsync(string kind, TimeSpan life, string id, AccountFace account, Guid sessionId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var seconds = now.ToUnixTimeSeconds();
        var facts = new TokenFacts(kind, (now + life).ToUnixTimeSeconds(), seconds, seconds, id, Issuer, Audience, sessionId, ProofOf(account),
            account.Id, ApiRoles.NameOf(account.Roles), account.UserName, account.Email);
        var signer = await key.GetAsync(ct);
        return Jws.Write(facts.ToJson(), signer);
    }
}
