using Crm.Data.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>Keeps what is being typed beside what the profile was when it was opened, so that saving lays one on the other.</summary>
public sealed partial class ProfileForm : IDisposable
{
    private readonly Leaving leaving = new();
    private readonly HashSet<string> left = [];
    private readonly HashSet<string> taken = [];
    private ProfileEdit edit = new();
    private ProfileEdit? opened;
    private ProfileChanged? changed;
    private InvalidError? complaints;
    private Error? refusal;
    private ElementReference words;
    private bool saving;
    private bool refused;
    private int round;

    [Parameter, EditorRequired] public ProfileView Profile { get; set; } = null!;
    [Parameter] public EventCallback<ProfileView> OnSaved { get; set; }

    [Inject] private ProfileService Profiles { get; set; } = null!;
    [Inject] private Shop Shop { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    private string? Note => changed?.Message ?? refusal?.Message ?? (complaints is not null && left.Contains("") ? $"Not saved yet. Have another look at: {Labels(complaints)}." : null);

    protected override void OnParametersSet()
    {
        if (opened is null) Begin(Profile.Edit);
    }

    // The button stands at the foot of the window: whoever pressed it must not miss what is said at the head of the form.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!refused) return;
        refused = false;
        await words.FocusAsync();
    }

    public void Dispose()
    {
        leaving.Dispose();
    }

    private void Begin(ProfileEdit from) => (opened, edit, changed, complaints, refusal) = (from, Shown(from), null, null, null);

    // People read and change a number as it is written at home; saving reads it back.
    private ProfileEdit Shown(ProfileEdit from)
    {
        var shown = from.Copy();
        shown.Phone = shown.Phone is { } phone ? PhoneNumber.Format(phone, Shop.Settings.Country) : null;
        shown.Country ??= Shop.Settings.Country;
        return shown;
    }

    private string Draft(string field) => $"profile/{Profile.CustomerId}/{field}";

    private static string Labels(InvalidError complaints) =>
        string.Join(", ", (complaints.All.Count > 0 ? complaints.All : [complaints]).Select(c => Label(c.Field)).Distinct());

    private static string Label(string field) => field switch
    {
        nameof(ProfileEdit.FirstName) => "first name",
        nameof(ProfileEdit.LastName) => "last name",
        nameof(ProfileEdit.Phone) => "mobile number",
        nameof(ProfileEdit.Street) => "street",
        nameof(ProfileEdit.Apartment) => "flat",
        nameof(ProfileEdit.City) => "city",
        nameof(ProfileEdit.Province) => "province",
        nameof(ProfileEdit.PostalCode) => "postal code",
        nameof(ProfileEdit.Country) => "country",
        nameof(ProfileEdit.Language) => "language",
        _ => "your own words",
    };

    private string? Wrong(string field) => left.Contains(field) || left.Contains("") ? complaints?.For(field) : null;

    private void Left(string field)
    {
        left.Add(field);
        complaints = Profiles.Check(edit);
    }

    private void Mark(Diet diet, bool on)
    {
        edit.Diets.Remove(diet);
        if (on) edit.Diets.Add(diet);
    }

    private async Task SaveAsync()
    {
        if (saving) return;
        saving = true;
        try
        {
            if (!(await Profiles.SaveAsync(edit, opened!, leaving.Token)).Failed(out var why, out var saved)) await SavedAsync(saved);
            else Refuse(why);
        }
        finally
        {
            saving = false;
        }
    }

    private async Task SavedAsync(ProfileView saved)
    {
        var lostSms = Profile.Channels.Any(c => c is { Channel: ConsentChannel.Sms, On: true }) && saved.Channels.Any(c => c is { Channel: ConsentChannel.Sms, On: false });
        left.Clear();
        taken.Clear();
        round++;
        Begin(saved.Edit);
        await Drafts.ForgetAsync(Draft(""), leaving.Token);
        Toasts.Show(lostSms ? "Profile saved. Without a number SMS is off." : "Profile saved");
        await OnSaved.InvokeAsync(saved);
    }

    private void Refuse(Error why)
    {
        refused = true;
        (changed, complaints, refusal) = (why as ProfileChanged, why as InvalidError, why is ProfileChanged or InvalidError ? null : why);
        if (complaints is not null) left.Add("");
        if (changed is null) return;
        taken.Clear();
        (opened, edit) = (changed.Now, Shown(changed.Mine));
    }

    private void Take(string field)
    {
        taken.Add(field);
        ProfileFields.Take(field, edit, Shown(changed!.Now));
    }

    private void Keep(string field)
    {
        taken.Remove(field);
        ProfileFields.Take(field, edit, Shown(changed!.Mine));
    }
}
