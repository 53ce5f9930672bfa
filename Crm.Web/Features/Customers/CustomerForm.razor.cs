using Crm.Data.Customers;
using Crm.Web.Platform.Addresses;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Customers;

/// <summary>The form of a customer: what was typed, what was loaded, and what could not be taken.</summary>
public sealed partial class CustomerForm
{
    private readonly Leaving leaving = new();
    private readonly HashSet<string> left = [];
    private readonly HashSet<string> keepMine = [];
    private CustomerEdit? edit;
    private CustomerEdit opened = new();
    private Error? refusal;
    private bool saving;
    private bool saved;

    /// <summary>Whom to change; nobody to add one.</summary>
    [Parameter] public Guid? CustomerId { get; set; }

    /// <summary>Told whose record was saved.</summary>
    [Parameter] public EventCallback<Guid> OnSaved { get; set; }
    [Parameter] public EventCallback OnCancel { get; set; }

    /// <summary>Told whether leaving would lose something.</summary>
    [Parameter] public EventCallback<bool> OnDirty { get; set; }
    [Inject] private Drafts Drafts { get; set; } = null!;

    private bool IsDirty => edit is not null && CustomerFields.Differ(opened, edit);

    /// <summary>Forgets what was written and not saved.</summary>
    public Task ForgetAsync() => Drafts.ForgetAsync(Draft(""), leaving.Token);

    protected override async Task OnInitializedAsync()
    {
        if (CustomerId is not { } id) opened = new CustomerEdit { Country = Countries.Name(Shop.Settings.Country) };
        else if ((await Customers.OpenAsync(id, leaving.Token)).Failed(out refusal, out var known)) return;
        else opened = known;
        edit = opened.Copy();
    }

    private string Draft(string field) => $"customer-form/{CustomerId?.ToString() ?? "new"}/{field}";

    private Task TellAsync() => OnDirty.InvokeAsync(IsDirty);

    private Task SetAsync(string field, Action<string?> write, ChangeEventArgs args)
    {
        write(args.Value as string);
        left.Add(field);
        if (refusal is CustomerTaken taken && taken.Field == field) refusal = null;
        return TellAsync();
    }

    private Task ToggleAsync(Diet diet)
    {
        if (!edit!.Diets.Remove(diet)) edit.Diets.Add(diet);
        return TellAsync();
    }

    private async Task SaveAsync()
    {
        // once saved, the form is done: the page may take a moment to leave it
        if (saving || saved) return;
        saving = true;
        try
        {
            if (refusal is CustomerChanged changed) (edit, opened) = (changed.Resolve(opened, edit!, keepMine), changed.Now);
            keepMine.Clear();
            if ((await StoreAsync()).Failed(out refusal, out var id))
            {
                if (refusal is CustomerChanged again) keepMine.UnionWith(again.Clashes.Select(c => c.Field));
                left.UnionWith((refusal as InvalidError)?.All.Select(c => c.Field) ?? []);
                return;
            }
            saved = true;
            await ForgetAsync();
            await OnDirty.InvokeAsync(false);
            await OnSaved.InvokeAsync(id);
        }
        finally
        {
            saving = false;
        }
    }

    private async Task<Result<Guid>> StoreAsync()
    {
        if (CustomerId is not { } id) return await Customers.AddAsync(edit!, leaving.Token);
        return (await Customers.SaveAsync(id, edit!, opened, leaving.Token)).Failed(out var failure, out _) ? failure : id;
    }

    // What the service refused, else what is wrong with a field that somebody has left.
    private string? Problem(string field)
    {
        if (refusal is InvalidError invalid && invalid.For(field) is { } refused) return refused;
        return left.Contains(field) && (CustomerChecks.Tidy(edit!, Shop.Settings.Country).Error as InvalidError)?.For(field) is { } wrong ? wrong : null;
    }

    private CustomerTaken? Taken(string field) => refusal is CustomerTaken taken && taken.Field == field ? taken : null;

    public void Dispose()
    {
        leaving.Dispose();
    }
}
