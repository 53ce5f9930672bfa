using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Holds what is being written about one opportunity until it is saved.</summary>
public sealed partial class DealForm : IDisposable
{
    private readonly Leaving leaving = new();
    private OpportunityEdit original = new();
    private OpportunityEdit edit = new();
    private OpportunityEdit stored = new();
    private IReadOnlyList<DealParty> found = [];
    private IReadOnlyList<Clash> clashes = [];
    private InvalidError? complaints;
    private ElementReference first;
    private string search = "";
    private string? party;
    private string? error;
    private string who = "Somebody";
    private DateTime at;
    private bool busy;

    /// <summary>None for a new one.</summary>
    [Parameter] public OpportunityRow? Deal { get; set; }

    /// <summary>Whose a new one is, where that is known.</summary>
    [Parameter] public Guid? LeadId { get; set; }
    [Parameter] public Guid? CustomerId { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<StageRow> Stages { get; set; } = [];
    [Parameter] public IReadOnlyList<StaffMember> Agents { get; set; } = [];

    /// <summary>Within another page: fewer fields, and buttons of its own.</summary>
    [Parameter] public bool Tight { get; set; }
    [Parameter] public string FormId { get; set; } = "deal-form";
    [Parameter] public EventCallback<bool> OnDirty { get; set; }
    [Parameter] public EventCallback<Guid> OnSaved { get; set; }
    [Parameter] public EventCallback OnCancel { get; set; }
    [Inject] private OpportunityService Service { get; set; } = null!;
    [Inject] private OpportunityQueries Queries { get; set; } = null!;
    [Inject] private DealBoardQueries Parties { get; set; } = null!;
    [Inject] private CurrentActor Actor { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private Shop Shop { get; set; } = null!;

    /// <summary>Whether leaving would lose something.</summary>
    public bool IsDirty => edit.Differs(original);

    private bool PartyFixed => Tight && (LeadId ?? CustomerId) is not null;

    /// <summary>Under what its drafts are kept.</summary>
    internal static string DraftOf(Guid? dealId, Guid? of) => $"deal/{dealId?.ToString() ?? $"new-{of}"}/";

    /// <summary>Takes over what is stored now, unless something is being written.</summary>
    public void Look(OpportunityRow now)
    {
        if (IsDirty || now.Id != Deal?.Id) return;
        (original, stored) = (OpportunityEdit.Of(now), OpportunityEdit.Of(now));
        (edit, party) = (original.Copy(), DealWords.Whose(now));
    }

    public void Dispose()
    {
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        original = Deal is not null ? OpportunityEdit.Of(Deal) : new OpportunityEdit
        {
            LeadId = LeadId,
            CustomerId = CustomerId,
            StageId = Stages.FirstOrDefault(s => s.Outcome is Crm.Data.Leads.DealOutcome.Open)?.Id,
            OwnerId = Agents.Any(a => a.Id == Actor.UserId) ? Actor.UserId : null,
        };
        (stored, edit, party) = (original, original.Copy(), Deal is null ? null : DealWords.Whose(Deal));
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Tight) await first.FocusAsync();
    }

    private string Name(string field) => $"{FormId}-{field}";

    private string Draft(string field) => DraftOf(Deal?.Id, LeadId ?? CustomerId) + field;

    private static string? Text(ChangeEventArgs args) => args.Value as string;

    private string? Wrong(string field) => complaints?.For(field);

    private async Task SetAsync(Action set)
    {
        set();
        await OnDirty.InvokeAsync(IsDirty);
    }

    private async Task FindAsync(string text)
    {
        search = text;
        found = (await Parties.PartiesAsync(text, leaving.Token)).Failed(out _, out var parties) ? [] : parties;
    }

    private Task TakeAsync(DealParty each)
    {
        (party, search, found) = (each.Name, "", []);
        return SetAsync(() => (edit.LeadId, edit.CustomerId) = (each.LeadId, each.CustomerId));
    }

    private void ForgetParty() => party = null;

    private async Task CancelAsync()
    {
        await Drafts.ForgetAsync(Draft(""), leaving.Token);
        await OnCancel.InvokeAsync();
    }

    private async Task SaveAsync()
    {
        if (busy) return;
        busy = true;
        try
        {
            var refusal = Deal is { } deal ? await EditAsync(deal.Id) : await CreateAsync();
            complaints = refusal as InvalidError;
            error = refusal switch
            {
                null or InvalidError => null,
                OpportunityChangedMeanwhile changed => await ShowAsync(changed),
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
        var draft = Draft("");
        if ((await Service.CreateAsync(edit, null, null, leaving.Token)).Failed(out var refusal, out var id)) return refusal;
        await Drafts.ForgetAsync(draft, leaving.Token);
        await OnSaved.InvokeAsync(id);
        return null;
    }

    private async Task<Error?> EditAsync(Guid id)
    {
        if ((await Service.EditAsync(id, original, edit, leaving.Token)).Failed(out var refusal, out _)) return refusal;
        await Drafts.ForgetAsync(Draft(""), leaving.Token);
        original = edit.Copy();
        await OnSaved.InvokeAsync(id);
        return null;
    }

    // The form goes on from what is stored now; fields that only others changed take their value. Ids are told as names.
    private async Task<string?> ShowAsync(OpportunityChangedMeanwhile changed)
    {
        var theirs = (await Queries.FindAsync(Deal!.Id, leaving.Token)).Failed(out _, out var row) ? Deal : row;
        (who, at) = (changed.Who, changed.At);
        clashes = [.. changed.Clashes.Select(c => c.Field switch
        {
            nameof(edit.OwnerId) => c with { Theirs = AgentName(changed.Now.OwnerId), Mine = AgentName(edit.OwnerId) },
            nameof(edit.LeadId) or nameof(edit.CustomerId) => c with { Theirs = DealWords.Whose(theirs), Mine = party },
            _ => c,
        })];
        FormJoin.Into(OpportunityEdit.Fields, original, edit, changed.Now);
        (original, stored) = (changed.Now, changed.Now);
        if (edit.LeadId == changed.Now.LeadId && edit.CustomerId == changed.Now.CustomerId) party = DealWords.Whose(theirs);
        return null;
    }

    private string? AgentName(Guid? id) => id is { } known ? Agents.FirstOrDefault(a => a.Id == known)?.Name ?? "Former colleague" : null;

    private void Choose(Clash clash, bool theirs)
    {
        if (theirs) OpportunityEdit.Fields.Single(f => f.Name == clash.Field).Take(edit, stored);
        clashes = [.. clashes.Where(c => c != clash)];
    }
}
