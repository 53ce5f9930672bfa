using Crm.Data.Leads;
using Crm.Web.Features.Leads.Duplicates;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Leads.Panel;

/// <summary>Holds what is being written about one lead until it is saved.</summary>
public sealed partial class LeadForm : IDisposable
{
    private static readonly Choice<LeadPriority>[] Priorities = [.. Enum.GetValues<LeadPriority>().Select(p => new Choice<LeadPriority>(p, LeadWords.Of(p)))];
    private static readonly string[] Kinds = ["Restaurant", "Caterer", "Bakery", "Food truck", "Church", "School", "Event", "Family"];

    private readonly Leaving leaving = new();
    private readonly HashSet<string> visited = [];
    private LeadEdit original = new();
    private LeadEdit edit = new();
    private LeadEdit stored = new();
    private IReadOnlyList<Clash> clashes = [];
    private IReadOnlyList<Duplicate> duplicates = [];
    private LeadEdit? accepted;
    private InvalidError? complaints;
    private string? error;
    private string who = "Somebody";
    private DateTime? at;
    private bool busy;
    private ElementReference first;

    /// <summary>None for a new lead.</summary>
    [Parameter] public Guid? LeadId { get; set; }

    /// <summary>The lead as it was when the form was opened.</summary>
    [Parameter, EditorRequired] public LeadEdit Opened { get; set; } = null!;

    /// <summary>The lead as it is stored now, when somebody changed it since.</summary>
    [Parameter] public LeadEdit? Changed { get; set; }
    [Parameter] public LeadChange? ChangedBy { get; set; }
    [Parameter] public IReadOnlyList<StaffMember> Agents { get; set; } = [];
    [Parameter] public IReadOnlyList<string> Sources { get; set; } = [];
    [Parameter] public EventCallback<bool> OnDirty { get; set; }
    [Parameter] public EventCallback<Guid> OnSaved { get; set; }

    /// <summary>Told that the form goes on from what is stored now.</summary>
    [Parameter] public EventCallback<LeadEdit> OnLoad { get; set; }
    [Inject] private LeadService Service { get; set; } = null!;
    [Inject] private LeadDuplicates Duplicates { get; set; } = null!;
    [Inject] private LeadForms Forms { get; set; } = null!;
    [Inject] private Shop Shop { get; set; } = null!;

    /// <summary>Whether leaving would lose something.</summary>
    public bool IsDirty => edit.Differs(original);

    private DateTime Now => Shop.Now;

    public void Dispose()
    {
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => (original, stored, edit) = (Opened, Opened, Opened.Copy());

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && LeadId is not null) await first.FocusAsync();
    }

    /// <summary>Under what its drafts are kept.</summary>
    internal static string DraftOf(Guid? leadId) => $"lead/{leadId?.ToString() ?? "new"}/form/";

    private string Draft(string field) => DraftOf(LeadId) + field;

    private static string? Text(ChangeEventArgs args) => args.Value as string;

    private string? Wrong(string field) => visited.Contains(field) ? complaints?.For(field) : null;

    private async Task SetAsync(string field, Action set)
    {
        set();
        visited.Add(field);
        complaints = await Forms.ComplaintAsync(edit, Opened.OwnerId, leaving.Token) as InvalidError;
        await OnDirty.InvokeAsync(IsDirty);
    }

    private async Task SaveAsync()
    {
        if (busy) return;
        busy = true;
        visited.UnionWith(LeadFields.All.Select(f => f.Name));
        try
        {
            var refusal = LeadId is { } id ? await EditAsync(id) : await CreateAsync();
            complaints = refusal as InvalidError;
            error = refusal switch
            {
                null or InvalidError => null,
                LeadChangedMeanwhile changed => await ShowAsync(changed),
                _ => refusal.Message,
            };
        }
        finally
        {
            busy = false;
        }
    }

    private async Task<Error?> CreateAsync()
    {
        if (await FindDuplicatesAsync() is { } refused) return refused;
        if (duplicates.Count > 0) return null;
        if ((await Service.CreateAsync(edit, leaving.Token)).Failed(out var refusal, out var created)) return refusal;
        await OnSaved.InvokeAsync(created);
        return null;
    }

    // Asked once for the same words: saving again, or the button, saves it anyway.
    private async Task<Error?> FindDuplicatesAsync()
    {
        if (accepted is { } before && !before.Differs(edit))
        {
            duplicates = [];
            return null;
        }
        if (await Forms.ComplaintAsync(edit, null, leaving.Token) is { } complaint) return complaint;
        if ((await Duplicates.FindAsync(edit, null, leaving.Token)).Failed(out var refusal, out var found)) return refusal;
        (duplicates, accepted) = (found, edit.Copy());
        return null;
    }

    private async Task<Error?> EditAsync(Guid id)
    {
        if ((await Service.EditAsync(id, original, edit, leaving.Token)).Failed(out var refusal, out _)) return refusal;
        await OnSaved.InvokeAsync(id);
        return null;
    }

    private async Task<string?> ShowAsync(LeadChangedMeanwhile changed)
    {
        (who, at, clashes) = (changed.Who, changed.At, changed.Clashes);
        FormJoin.Into(LeadFields.All, original, edit, changed.Now);
        (original, stored) = (changed.Now, changed.Now);
        await OnLoad.InvokeAsync(changed.Now);
        return null;
    }

    private async Task LoadAsync()
    {
        if (Changed is not { } now) return;
        clashes = await Forms.JoinAsync(original, edit, now, leaving.Token);
        (original, stored, who, at) = (now, now, ChangedBy?.Who ?? "Somebody", ChangedBy?.At);
        await OnLoad.InvokeAsync(now);
    }

    private void Choose(Clash clash, bool theirs)
    {
        if (theirs) FormJoin.Take(LeadFields.All, clash.Field, edit, stored);
        clashes = [.. clashes.Where(c => c != clash)];
    }
}
