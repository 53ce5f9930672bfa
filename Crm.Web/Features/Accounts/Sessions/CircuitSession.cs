using System.Security.Claims;
using Crm.Data;
using Crm.Web.Platform.Live;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Keeps asking, for as long as a circuit is open, whether its session still stands: at once when the account or one of its sessions changes, and every
/// <see cref="Interval"/> besides; and before every click, by <see cref="CircuitInbound"/>. When it does not, the circuit belongs to nobody, and every service refuses it; roles given or
/// taken count from then on.
/// </summary>
sealed class CircuitSession : RevalidatingServerAuthenticationStateProvider
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly AccountStates accounts;
    private readonly SessionSightings sightings;
    private readonly ChangeFeed feed;
    private IDisposable? subscription;

    public CircuitSession(AccountStates accounts, SessionSightings sightings, ChangeFeed feed, ILoggerFactory loggers) : base(loggers)
    {
        (this.accounts, this.sightings, this.feed) = (accounts, sightings, feed);
        AuthenticationStateChanged += Watch;
    }

    protected override TimeSpan RevalidationInterval => Interval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var session = authenticationState.User;
        var account = SessionClaims.UserId(session) is { } id ? await accounts.ReadAsync(id, SessionClaims.SessionId(session), cancellationToken) : null;
        if (!SessionClaims.Stands(session, account)) return false;
        await sightings.NoteAsync(SessionClaims.SessionId(session)!.Value, cancellationToken);
        if (!SessionClaims.SaysTheSame(session, account!)) Take(SessionClaims.Renew(session, account!));
        return true;
    }

    /// <summary>Before anything that the browser asks for: whoever lost the session, or a role, has lost it for this already.</summary>
    /// <returns>Who they are now.</returns>
    public async Task<ClaimsPrincipal> CheckInboundAsync(CancellationToken ct)
    {
        var session = (await GetAuthenticationStateAsync()).User;
        if (SessionClaims.UserId(session) is null) return session;
        var account = await accounts.RecallAsync(session, ct);
        if (!SessionClaims.Stands(session, account)) Take(new ClaimsPrincipal(new ClaimsIdentity()));
        else if (!SessionClaims.SaysTheSame(session, account!)) Take(SessionClaims.Renew(session, account!));
        return (await GetAuthenticationStateAsync()).User;
    }

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= Watch;
        subscription?.Dispose();
        base.Dispose(disposing);
    }

    private async void Watch(Task<AuthenticationState> state)
    {
        subscription?.Dispose();
        subscription = SessionClaims.UserId((await state).User) is { } id
            ? feed.Subscribe([ChangeKinds.User], topics => topics.Any(t => t.Id == id || t.Id == Guid.Empty) ? CheckAsync() : Task.CompletedTask)
            : null;
    }

    private async Task CheckAsync()
    {
        if (!await ValidateAuthenticationStateAsync(await GetAuthenticationStateAsync(), CancellationToken.None))
            Take(new ClaimsPrincipal(new ClaimsIdentity()));
    }

    private void Take(ClaimsPrincipal session) => SetAuthenticationState(Task.FromResult(new AuthenticationState(session)));
}
