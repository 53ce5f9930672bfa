using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using PasswordHasher = Crm.Web.Features.Accounts.Passwords.PasswordHasher;

namespace Crm.Web.Tests.Features.Accounts.Passwords;

public sealed class PasswordHasherTests
{
    private const string Password = "Ọláyínká's yam 1!";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, Trait("contract", "M-006")]
    [InlineData("password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4")]
    [InlineData("password", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc")]
    [InlineData("password", "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg")]
    [InlineData("password", "$argon2id$v=19$m=65536,t=4,p=1$c29tZXNhbHQ$kCXUjmjvc5XMqQedpMTsOv+zyJEf5PhtGiUghW9jFyw")]
    [InlineData("differentpassword", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94")]
    [InlineData("password", "$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw")]
    [InlineData(Password, "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$V8pTEW5k2STEFlPTOykDGYrHwkbLqGE5vTNmKOdn2rE")]
    public async Task Hashes_of_other_implementations_are_understood(string password, string hash)
    {
        using var hasher = WithArgon2();
        Assert.True(await hasher.VerifyAsync(hash, password, None));
        Assert.False(await hasher.VerifyAsync(hash, password + " ", None));
    }

    [Fact]
    public async Task The_substitute_is_plain_PBKDF2()
    {
        const string Known = "$pbkdf2-sha512$i=210000$AAECAwQFBgcICQoLDA0ODw$cTTQmDD+FUR2iFoVo9fL3xFCXDsHYKWYvryBlZfL6Cs";
        using var hasher = WithoutArgon2();
        Assert.True(await hasher.VerifyAsync(Known, Password, None));
        Assert.False(await hasher.VerifyAsync(Known, "", None));
    }

    [Fact, Trait("contract", "M-006")]
    public async Task A_password_is_stored_as_Argon2id_with_a_salt_of_its_own()
    {
        using var hasher = WithArgon2();
        var first = await hasher.HashAsync(Password, None);
        var second = await hasher.HashAsync(Password, None);

        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.DoesNotContain(Password, first, StringComparison.Ordinal);
        Assert.True(await hasher.VerifyAsync(second, Password, None));
        Assert.False(hasher.IsOutdated(first));
    }

    [Fact]
    public async Task Without_libsodium_PBKDF2_takes_its_place_and_the_log_says_so_once()
    {
        var log = new WarningCount();
        using var hasher = new PasswordHasher(argon2: null, 2, log);
        var hash = await hasher.HashAsync(Password, None);
        await hasher.HashAsync(Password, None);

        Assert.StartsWith("$pbkdf2-sha512$i=210000$", hash, StringComparison.Ordinal);
        Assert.True(await hasher.VerifyAsync(hash, Password, None));
        Assert.False(hasher.UsesArgon2);
        Assert.False(hasher.IsOutdated(hash));
        Assert.Equal(1, log.Count);
    }

    [Fact]
    public async Task Weaker_hashes_are_accepted_and_called_outdated()
    {
        var ofIdentity = new PasswordHasher<User>().HashPassword(new User(), Password);
        var ofSubstitute = await WithoutArgon2().HashAsync(Password, None);
        const string OfFewerBytes = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        using var hasher = WithArgon2();

        Assert.True(await hasher.VerifyAsync(ofIdentity, Password, None));
        Assert.True(await hasher.VerifyAsync(ofSubstitute, Password, None));
        Assert.All([ofIdentity, ofSubstitute, OfFewerBytes], hash => Assert.True(hasher.IsOutdated(hash)));
    }

    [Fact]
    public async Task Identity_itself_hashes_and_checks_the_same_way()
    {
        using var hasher = WithArgon2();
        IPasswordHasher<User> identity = hasher;
        var ofIdentity = new PasswordHasher<User>().HashPassword(new User(), Password);

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, identity.VerifyHashedPassword(new User(), ofIdentity, Password));
        Assert.Equal(PasswordVerificationResult.Failed, identity.VerifyHashedPassword(new User(), ofIdentity, "no"));
        var hash = identity.HashPassword(new User(), Password);
        Assert.Equal(PasswordVerificationResult.Success, identity.VerifyHashedPassword(new User(), hash, Password));
        Assert.True(await hasher.VerifyAsync(hash, Password, None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("AQAAAA==")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$***$***")]
    [InlineData("$pbkdf2-sha512$")]
    [InlineData("$pbkdf2-sha512$i=0$AAEC$AAEC")]
    [InlineData("$pbkdf2-sha512$i=10$***$AAEC")]
    [InlineData("$pbkdf2-sha512$i=10$AAEC$")]
    [InlineData("$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW")]
    public async Task What_is_no_hash_matches_nothing(string? hash)
    {
        using var hasher = WithArgon2();
        Assert.False(await hasher.VerifyAsync(hash, "password", None));
        Assert.False(await hasher.VerifyAsync(hash, "", None));
    }

    [Fact]
    public async Task Argon2_hashes_without_libsodium_are_an_outage_and_no_wrong_password()
    {
        using var hasher = WithoutArgon2();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => hasher.VerifyAsync(Argon2.Parameters + "AAAA$AAAA", Password, None));
        Assert.Contains("libsodium23", failure.Message, StringComparison.Ordinal);
    }

    private static PasswordHasher WithArgon2() =>
        new(Argon2.TryLoad() ?? throw new InvalidOperationException("libsodium is missing: run ./test, which installs it."), 2, NullLogger<PasswordHasher>.Instance);

    private static PasswordHasher WithoutArgon2() => new(argon2: null, 2, NullLogger<PasswordHasher>.Instance);

    private sealed class WarningCount : ILogger<PasswordHasher>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel is LogLevel.Warning) Count++;
        }
    }
}
