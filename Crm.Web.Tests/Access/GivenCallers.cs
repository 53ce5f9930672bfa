using Crm.Web.Features.Accounts.Bearer;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Access;

/// <summary>Arranges programs that have signed in, without the time that a password takes.</summary>
static class GivenCallers
{
    public static async Task<TokenPair> TokensAsync(this TestSite site, Guid userId)
    {
        await using var scope = site.Get<IServiceScopeFactory>().CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ApiSessions>().BeginAsync(new(userId), new SessionOrigin("A program", "192.0.2.9"), CancellationToken.None))!.Tokens;
    }

    /// <summary>As somebody with a good token, or as nobody.</summary>
    public static async Task<TestProgram> CallerAsync(this TestSite site, TestPerson? person)
    {
        var program = site.Program();
        if (person is not null) program.Access = (await site.TokensAsync(person.UserId)).Access;
        return program;
    }
}
