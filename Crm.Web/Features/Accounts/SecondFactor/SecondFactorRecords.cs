namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>How an account's two-step sign-in stands.</summary>
/// <param name="CodesLeft">Recovery codes that were not used yet.</param>
public sealed record SecondFactorState(bool IsOn, int CodesLeft);

/// <summary>What an authenticator app has to learn.</summary>
/// <param name="Key">To be typed, in groups of four.</param>
/// <param name="Address">The same for a camera: an otpauth address.</param>
public sealed record SecondFactorSetUp(string Key, string Address);
