using System.Text;
using Crm.Web.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Bearer;

/// <summary>The key that signs tokens: the configured one, or one that the shop made for all its nodes.</summary>
sealed class TokenKey(IOptions<TokensOptions> options, SharedSecrets secrets)
{
    private const int MadeLength = 64;

    private byte[]? known;

    public async ValueTask<byte[]> GetAsync(CancellationToken ct) => Volatile.Read(ref known) ?? await FindAsync(ct);

    private async Task<byte[]> FindAsync(CancellationToken ct)
    {
        var key = string.IsNullOrEmpty(options.Value.Key) ? await secrets.GetAsync("tokens", MadeLength, ct) : Encoding.UTF8.GetBytes(options.Value.Key);
        Volatile.Write(ref known, key);
        return key;
    }
}
