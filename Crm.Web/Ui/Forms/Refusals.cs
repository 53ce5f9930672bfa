using Crm.Web.Platform.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Rendering;

namespace Crm.Web.Ui.Forms;

/// <summary>
/// Inside an <see cref="EditForm"/>: puts what a service refused beside the fields it is about, as if the form itself had found it,
/// and what is about no field above them. Each complaint goes when its field is changed, all when the form is sent again.
/// </summary>
public sealed class Refusals : ComponentBase, IDisposable
{
    private EditContext? watched;
    private ValidationMessageStore? store;
    private Error? shown;

    /// <summary>What the service answered; null for nothing wrong.</summary>
    [Parameter, EditorRequired] public Error? Error { get; set; }

    [CascadingParameter] private EditContext Form { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (watched is null) return;
        watched.OnValidationRequested -= ForgetAll;
        watched.OnFieldChanged -= Forget;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (watched != Form)
        {
            Dispose();
            (watched, store, shown) = (Form, new ValidationMessageStore(Form), null);
            watched.OnValidationRequested += ForgetAll;
            watched.OnFieldChanged += Forget;
        }
        if (ReferenceEquals(shown, Error)) return;
        shown = Error;
        store!.Clear();
        foreach (var said in All(Error).Where(c => c.Field.Length > 0).GroupBy(c => c.Field))
            store.Add(Form.Field(said.Key), string.Join(' ', said.Select(c => c.Message)));
        Form.NotifyValidationStateChanged();
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var message = Error is InvalidError ? All(Error).FirstOrDefault(c => c.Field.Length == 0)?.Message : Error?.Message;
        builder.OpenComponent<ErrorNote>(0);
        builder.AddComponentParameter(1, nameof(ErrorNote.Message), message);
        builder.CloseComponent();
    }

    private static IReadOnlyList<InvalidError> All(Error? error) =>
        error is not InvalidError invalid ? [] : invalid.All.Count > 0 ? invalid.All : [invalid];

    private void ForgetAll(object? sender, ValidationRequestedEventArgs args) => store!.Clear();

    private void Forget(object? sender, FieldChangedEventArgs args) => store!.Clear(args.FieldIdentifier);
}
