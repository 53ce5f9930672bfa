namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>What the shop's cookies are called, and when they travel.</summary>
static class CookieNames
{
    /// <summary>Over HTTPS the name itself forbids other hosts to set it; browsers refuse such a name over plain HTTP.</summary>
    public static string Of(string name, IHostEnvironment environment) => environment.IsDevelopment() ? name : $"__Host-{name}";

    public static CookieSecurePolicy SecureIn(IHostEnvironment environment) =>
        environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
}
