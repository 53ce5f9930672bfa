using Crm.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>
/// Makes and checks the stored form of passwords: Argon2id, or PBKDF2 where libsodium is missing. Hashes of the other kind and
/// of ASP.NET Identity are accepted, and replaced when their owner signs in.
/// </summary>
public sealed partial class PasswordHasher : IPasswordHasher<User>, IDisposable
{
    // Each hash takes 19 MiB and a core: more at once than there are cores would only make all of them slower.
    private readonly SemaphoreSlim turns;
    private readonly HashThreads threads;
    private readonly Argon2? argon2;
    private readonly PasswordHasher<User> identity = new();
    private readonly Lazy<string> nobody;
    private int worked;

    /// <param name="argon2">Null where libsodium is missing.</param>
    /// <param name="parallel">How many hashes are made at once.</param>
    public PasswordHasher(Argon2? argon2, int parallel, ILogger<PasswordHasher> logger)
    {
        (this.argon2, turns, threads) = (argon2, new SemaphoreSlim(parallel, parallel), new HashThreads(parallel));
        nobody = new(() => Make(""));
        if (argon2 is null) LogNoArgon2(logger, Pbkdf2.Rounds);
    }

    /// <summary>How many were made or checked so far.</summary>
    internal int Worked => Volatile.Read(ref worked);

    public bool UsesArgon2 => argon2 is not null;

    /// <summary>A new hash, when it is its turn.</summary>
    public Task<string> HashAsync(string password, CancellationToken ct) => TakeTurnAsync(() => Make(password), ct);

    /// <summary>Whether the password made the hash. Without a hash it takes as long and says no, so that nobody learns who has an account.</summary>
    public Task<bool> VerifyAsync(string? hash, string password, CancellationToken ct) => TakeTurnAsync(() => Check(hash, password), ct);

    /// <summary>True for a hash that is not as strong as a new one would be.</summary>
    public bool IsOutdated(string hash) => !hash.StartsWith(argon2 is null ? Pbkdf2.Parameters : Argon2.Parameters, StringComparison.Ordinal);

    /// <summary>For Identity's own code, which cannot wait asynchronously.</summary>
    string IPasswordHasher<User>.HashPassword(User user, string password) => TakeTurn(() => Make(password));

    /// <summary>For Identity's own code, which cannot wait asynchronously.</summary>
    PasswordVerificationResult IPasswordHasher<User>.VerifyHashedPassword(User user, string hashedPassword, string providedPassword) =>
        !TakeTurn(() => Check(hashedPassword, providedPassword)) ? PasswordVerificationResult.Failed
        : IsOutdated(hashedPassword) ? PasswordVerificationResult.SuccessRehashNeeded
        : PasswordVerificationResult.Success;

    public void Dispose()
    {
        threads.Dispose();
        turns.Dispose();
    }

    private string Make(string password) => argon2?.Hash(password) ?? Pbkdf2.Hash(password);

    private bool Check(string? hash, string password)
    {
        if (string.IsNullOrEmpty(hash))
        {
            Check(nobody.Value, password);
            return false;
        }
        if (hash.StartsWith(Argon2.Prefix, StringComparison.Ordinal)) return NeededArgon2.Verify(hash, password);
        if (hash.StartsWith(Pbkdf2.Prefix, StringComparison.Ordinal)) return Pbkdf2.Verify(hash, password);
        return IsIdentityHash(hash) && identity.VerifyHashedPassword(new User(), hash, password) is not PasswordVerificationResult.Failed;
    }

    // Version 3 of ASP.NET Identity: Base64 of a one, the function, the rounds, the salt and the hash.
    private static bool IsIdentityHash(string hash)
    {
        var bytes = new byte[hash.Length];
        return Convert.TryFromBase64String(hash, bytes, out var length) && length > 0 && bytes[0] == 1;
    }

    private Argon2 NeededArgon2 => argon2
        ?? throw new InvalidOperationException("Passwords are stored with Argon2id, which needs libsodium: install it (apt install libsodium23).");

    private async Task<T> TakeTurnAsync<T>(Func<T> work, CancellationToken ct)
    {
        await turns.WaitAsync(ct);
        Interlocked.Increment(ref worked);
        try
        {
            return await threads.RunAsync(work);
        }
        finally
        {
            turns.Release();
        }
    }

    private T TakeTurn<T>(Func<T> work)
    {
        turns.Wait();
        try
        {
            return work();
        }
        finally
        {
            turns.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "libsodium is not installed: passwords are hashed with PBKDF2-SHA512 in {Rounds} rounds instead of Argon2id")]
    private static partial void LogNoArgon2(ILogger logger, int rounds);
}
