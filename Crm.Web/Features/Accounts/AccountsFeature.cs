using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Api;
using Crm.Web.Features.Accounts.Bearer;
using Crm.Web.Features.Accounts.Clock;
using Crm.Web.Features.Accounts.Deletion;
using Crm.Web.Features.Accounts.Demo;
using Crm.Web.Features.Accounts.Email;
using Crm.Web.Features.Accounts.Owner;
using Crm.Web.Features.Accounts.Passkeys;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Accounts.SecondFactor;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Staff;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Outbox;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts;

/// <summary>Registers sign-in: Identity over the shop's database, passwords, sessions, and the demo accounts.</summary>
public static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSettings<AccountsOptions>("Accounts");
        services.AddPasswords();
        services.AddAccountCare();
        services.AddIdentityOverTheShop();
        services.AddSessions();
        services.AddTokens();
        services.AddAccountsApi();
        services.AddSecondFactor();
        services.AddPasskeys();
        services.AddSingleton<SignInAccounts>().AddScoped<SignInService>().AddScoped<Arrivals>().AddScoped<PasswordChange>().AddScoped<ClockChoice>().AddScoped<RightsService>();
        services.AddScoped<StaffQueries>().AddScoped<StaffService>().AddScoped<StaffInvitations>();
        services.AddSingleton<SecurityMail>().AddSingleton<AccountAccess>();
        services.AddSingleton<RoleSetup>().AddSingleton<DemoUsers>().AddSingleton<OwnerSetup>();
        return services;
    }

    /// <summary>Before any work: the roles.</summary>
    public static Task PrepareAccountsAsync(this IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<RoleSetup>().EnsureAsync(ct);

    /// <summary>Before the shop opens: the demo accounts, where they are wanted.</summary>
    public static async Task OpenAccountsAsync(this IServiceProvider services, CancellationToken ct)
    {
        if (await services.GetRequiredService<DemoUsers>().EnsureAsync(ct)) services.GetService<StartBanner>()?.Add(DemoUsers.Welcome);
        else if (!await services.GetRequiredService<OwnerSetup>().HasOwnerAsync(ct))
            services.GetService<StartBanner>()?.Add($"Warning: this shop has no owner who can sign in. Make one with ./run {CreateOwnerCommand.CommandName}.");
    }

    public static WebApplication MapAccounts(this WebApplication app)
    {
        app.MapAccountEndpoints();
        app.MapAccountsApi();
        app.MapSessionEndpoints();
        app.MapPasskeyEndpoints();
        return app;
    }

    /// <summary>Registering, proving an address, a forgotten password, another address, asking to be deleted.</summary>
    private static void AddAccountCare(this IServiceCollection services)
    {
        services.AddSettings<MailedLinkOptions>("MailedLinks");
        services.AddSingleton<OneTimeTokens>();
        services.AddSingleton<IOutboxChannel, AccountLinkChannel>();
        services.AddScoped<RegistrationService>().AddScoped<EmailProof>().AddScoped<EmailVerification>().AddScoped<EmailChange>();
        services.AddScoped<AccountLinkRequests>().AddScoped<PasswordReset>().AddScoped<PasswordNews>().AddScoped<DeletionRequests>();
    }

    private static void AddPasswords(this IServiceCollection services)
    {
        services.AddSingleton(s => new PasswordHasher(
            Argon2.TryLoad(),
            s.GetRequiredService<IOptions<AccountsOptions>>().Value.ParallelHashes is > 0 and var wanted ? wanted : Environment.ProcessorCount,
            s.GetRequiredService<ILogger<PasswordHasher>>()));
        services.AddSingleton<IPasswordHasher<User>>(s => s.GetRequiredService<PasswordHasher>());
        services.AddScoped<IPasswordValidator<User>, PasswordRule>();
        services.AddScoped<PasswordCheck>().AddScoped<OwnPassword>().AddScoped<Lockout>();
    }

    /// <summary>Its stores want a context of the scope; everything else opens one for each operation.</summary>
    private static void AddIdentityOverTheShop(this IServiceCollection services)
    {
        services.AddScoped(s => s.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContext());
        services.AddIdentityCore<User>(identity =>
        {
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            identity.User.RequireUniqueEmail = true;
        }).AddRoles<Role>().AddEntityFrameworkStores<CrmDbContext>().AddSignInManager().AddDefaultTokenProviders();
    }

    private static void AddSecondFactor(this IServiceCollection services)
    {
        services.AddSingleton<AuthenticatorKeys>();
        services.AddScoped<SecondStep>().AddScoped<SecondFactorCheck>().AddScoped<SecondFactorService>();
    }

    private static void AddPasskeys(this IServiceCollection services)
    {
        services.AddScoped<PasskeyCheck>().AddScoped<PasskeyService>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<AccountsOptions>>((passkeys, accounts) =>
        {
            passkeys.ServerDomain = accounts.Value.PasskeyDomain;
            // two factors in one: the thing itself, and the finger, face or PIN that it asks for
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
    }

    private static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<AccountStates>().AddSingleton<SessionSightings>().AddSingleton<SessionRegister>().AddSingleton<DeviceCookie>().AddSingleton<DeviceNews>();
        services.AddScoped<SessionKeeper>().AddScoped<SessionCookieEvents>().AddScoped<SessionService>();
        services.AddSingleton<CircuitConnections>().Configure<HubOptions>(hub => hub.AddFilter<CircuitConnections>());
        services.AddScoped<AuthenticationStateProvider, CircuitSession>().AddScoped<CircuitHandler, CircuitInbound>();
        services.AddAuthenticationByPath().AddIdentityCookies();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>, AntiforgeryCookie>();
    }
}
