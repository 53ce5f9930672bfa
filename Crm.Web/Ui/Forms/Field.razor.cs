using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Crm.Web.Ui.Forms;

/// <summary>
/// Ties a control to its label, hint and error, for the eye and for screen readers. The control takes what it needs from
/// the context: <c>&lt;Field Label="Name" Context="f"&gt;&lt;input class="in" @attributes="f" …/&gt;&lt;/Field&gt;</c>.
/// </summary>
public partial class Field
{
    private Dictionary<string, object> controlAttributes = [];
    private EditContext? watched;

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Id of the control; made from the label when not given. Needed where a page has the same label twice.</summary>
    [Parameter] public string? Id { get; set; }

    [Parameter] public string? Hint { get; set; }

    /// <summary>What is wrong; takes the place of the hint.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>In an <see cref="EditForm"/>: the field whose first validation message becomes the error.</summary>
    [Parameter] public Expression<Func<object?>>? For { get; set; }

    /// <summary>Says so beside the label. Required fields carry no mark.</summary>
    [Parameter] public bool Optional { get; set; }

    [Parameter] public string? Class { get; set; }

    [Parameter] public RenderFragment<Dictionary<string, object>>? ChildContent { get; set; }

    [CascadingParameter] private EditContext? Form { get; set; }

    private string ControlId => Id ?? "f-" + string.Concat(Label.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : '-')).Trim('-');

    private string NoteId => ControlId + "-note";

    private string? Problem =>
        Error ?? (Form is not null && For is not null ? Form.GetValidationMessages(FieldIdentifier.Create(For)).FirstOrDefault() : null);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (watched is not null) watched.OnValidationStateChanged -= Refresh;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (watched != Form)
        {
            if (watched is not null) watched.OnValidationStateChanged -= Refresh;
            if (Form is not null) Form.OnValidationStateChanged += Refresh;
            watched = Form;
        }
        Describe();
    }

    private void Refresh(object? sender, ValidationStateChangedEventArgs args)
    {
        Describe();
        StateHasChanged();
    }

    private void Describe()
    {
        controlAttributes = new() { ["id"] = ControlId };
        if (Problem is not null) controlAttributes["aria-invalid"] = "true";
        if (Problem is not null || Hint is not null) controlAttributes["aria-describedby"] = NoteId;
    }
}
