namespace Crm.Web.Ui.Overlays;

/// <summary>
/// Where a page leaves a toast; the layout's <see cref="ToastHost"/> shows it. One per circuit. Never for errors that need
/// an act: those stand where they happened, in an <see cref="ErrorNote"/>.
/// </summary>
public sealed class Toasts
{
    /// <summary>Raised for each new message.</summary>
    public event Action<ToastMessage>? Added;

    /// <summary>Says what happened.</summary>
    public void Show(string text) => Added?.Invoke(new(text));

    /// <summary>Says what happened and offers to take it back.</summary>
    public void Show(string text, Func<Task> undoAsync) => Added?.Invoke(new(text, undoAsync));
}
