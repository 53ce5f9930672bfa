namespace Crm.Web.Ui.Overlays;

/// <summary>One short message at the bottom of the window.</summary>
/// <param name="Text">What happened, in one sentence.</param>
/// <param name="UndoAsync">Takes it back; the message then stays 10 seconds instead of 6.</param>
public sealed record ToastMessage(string Text, Func<Task>? UndoAsync = null)
{
    /// <summary>How long it stays, unless somebody rests on it.</summary>
    public TimeSpan Stay => TimeSpan.FromSeconds(UndoAsync is null ? 6 : 10);
}
