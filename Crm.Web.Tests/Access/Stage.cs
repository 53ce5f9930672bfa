using System.Buffers.Text;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Bulk;
using Crm.Data.Customers;
using Crm.Data.Exchange;
using Crm.Data.Leads;
using Crm.Data.Messaging;
using Crm.Data.Settings;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Api;
using Crm.Web.Features.Accounts.Passkeys;
using Crm.Web.Features.Accounts.Staff;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Features.Customers.Statement;
using Crm.Web.Features.Insights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Api;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Leads.Notes;
using Crm.Web.Features.Settings.Views;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Paging;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Features.Accounts.Passkeys;
using Crm.Web.Tests.Features.Customers.Portal;
using Crm.Web.Tests.Features.Leads;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Access;

/// <summary>
/// A shop with something of everything, and plausible arguments for any command, by the type and name of its parameters. What a command
/// may use up (a lead, a note, a colleague) is made anew for each call.
/// </summary>
sealed class Stage(TestShop shop)
{
    private Guid order;
    private Guid product;
    private int made;

    public TestShop Shop => shop;

    public static async Task<Stage> SetAsync(TestShop shop)
    {
        var stage = new Stage(shop);
        var food = await shop.AddProductAsync("Yam");
        stage.product = food.Id;
        stage.order = (await shop.SellAsync(TestPeople.CustomerA, 1_000, products: food)).Id;
        await shop.SellAsync(TestPeople.CustomerB, 2_000, products: food);
        await shop.GivePointsAsync(TestPeople.CustomerA, 100);
        await using var db = shop.Open();
        foreach (var owner in db.Users.Where(u => u.UserName == TestPeople.Owner.UserName)) owner.PasswordHash = "something";
        await db.SaveChangesAsync();
        return stage;
    }

    /// <summary>For one call by somebody.</summary>
    public async Task<object?[]> ArgumentsAsync(Command command, Visitor visitor)
    {
        var lead = await shop.LeadAsync($"Lead {++made}", owner: TestPeople.OtherAgent, nextStep: "Call", nextStepAt: shop.Clock.Now);
        var given = new List<object?>();
        foreach (var parameter in command.Method.GetParameters()) given.Add(await OneAsync(command, parameter, lead, visitor));
        return [.. given];
    }

    private async Task<object?> OneAsync(Command command, ParameterInfo parameter, Guid lead, Visitor visitor) => (parameter.ParameterType, parameter.Name) switch
    {
        (var type, _) when type == typeof(CancellationToken) => CancellationToken.None,
        (var type, "leadId") when type == typeof(Guid) => lead,
        (var type, "contactId") when type == typeof(Guid) => await PartAsync(new LeadContact { LeadId = lead, CreatedAt = shop.Clock.Now }, c => c.Describe("Kwame", null, null, null, null, shop.Clock.Now)),
        (var type, "reminderId") when type == typeof(Guid) => await PartAsync(new Reminder { LeadId = lead, CreatedAt = shop.Clock.Now }, r => r.Plan("Call", null, shop.Clock.Now, null, shop.Clock.Now)),
        (var type, "noteId") when type == typeof(Guid) && (command.Service == typeof(LeadNotes) || command.Service == typeof(LeadNoteLists)) =>
            await PartAsync(new LeadNote { LeadId = lead, CreatedAt = shop.Clock.Now }, n => n.Write("Words", shop.Clock.Now)),
        (var type, "talkId") when type == typeof(Guid) =>
            await PartAsync(new Correspondence { LeadId = lead, Subject = "Words", HappenedAt = shop.Clock.Now, CreatedAt = shop.Clock.Now }, _ => { }),
        (var type, "entryId") when type == typeof(Guid) => await FirstEntryAsync(),
        (var type, "interactionId") when type == typeof(Guid) => await PartAsync(
            new Interaction { CustomerId = TestPeople.CustomerA.CustomerId!.Value, CreatedAt = shop.Clock.Now }, i => i.Describe("Call", "Words", "", shop.Clock.Now, shop.Clock.Now)),
        (var type, "otherId") when type == typeof(Guid) => await shop.LeadAsync($"Lead {++made}", owner: TestPeople.OtherAgent),
        (var type, "noteId") when type == typeof(Guid) && (command.Service == typeof(LeadNotes) || command.Service == typeof(NoteHistory)) =>
            await PartAsync(new LeadNote { LeadId = lead, CreatedAt = shop.Clock.Now }, n => n.Write("Words", shop.Clock.Now)),
        (var type, "noteId") when type == typeof(Guid) => await PartAsync(
            new CustomerNote { CustomerId = TestPeople.CustomerA.CustomerId!.Value, AuthorId = Who.PersonOf(visitor)?.UserId, CreatedAt = shop.Clock.Now }, n => n.Write("Words", shop.Clock.Now)),
        (var type, "noticeId") when type == typeof(Guid) => await PartAsync(
            new Notice { UserId = HolderOf(visitor), Kind = "mention", Text = "Words", Link = "/leads", Key = $"words:{++made}", At = shop.Clock.Now }, _ => { }),
        (var type, "opportunityId") when type == typeof(Guid) => await DealAsync(lead),
        (var type, "stageId") when type == typeof(Guid) => (await FirstStageAsync()).Id,
        (_, "visited") => Array.Empty<Crm.Web.Features.Insights.Finder.Visited>(),
        (var type, "customerId") when type == typeof(Guid) => TestPeople.CustomerA.CustomerId,
        (var type, "orderId") when type == typeof(Guid) => order,
        (var type, "productId") when type == typeof(Guid) => product,
        (var type, "runId") when type == typeof(Guid) && command.Service == typeof(BulkRuns) => await PartAsync(
            new BulkRun { Kind = "leads.priority", Title = "Words", Request = "", StartedById = HolderOf(visitor), StartedAt = shop.Clock.Now }, _ => { }),
        (var type, "runId") when type == typeof(Guid) => await PartAsync(new ImportRun { Kind = "online-retail", FileName = "x.csv", StartedAt = shop.Clock.Now, RefusedCsv = Packed() }, _ => { }),
        (var type, "viewId") when type == typeof(Guid) || type == typeof(Guid?) => await PartAsync(
            new SavedView { Area = ViewAreas.Leads, Name = $"View {++made}", Query = "", OwnerId = HolderOf(visitor), CreatedAt = shop.Clock.Now }, _ => { }),
        (var type, "changeId") when type == typeof(Guid) => await ChangeAsync(lead, HolderOf(visitor)),
        (var type, "area") when type == typeof(string) => ViewAreas.Leads,
        (var type, "kind") when type == typeof(string) => "leads.priority",
        (var type, "what") when type == typeof(string) => JsonSerializer.Serialize(Deed),
        (var type, _) when type == typeof(LeadDeed) => Deed,
        (var type, _) when type == typeof(LeadSelection) => new LeadSelection(new LeadFilter(), [lead]),
        (var type, _) when type == typeof(IReadOnlyCollection<string>) => new[] { "halal" },
        (var type, _) when type == typeof(IReadOnlySet<Guid>) => new HashSet<Guid>(),
        (var type, _) when type == typeof(IReadOnlyList<Guid>) => new[] { lead },
        (var type, "fromUserId") when type == typeof(Guid) => TestPeople.OtherAgent.UserId,
        (var type, "toUserId") when type == typeof(Guid) => (await Given.AccountAsync(shop.Open, Roles.Agent)).Id,
        (var type, "userId") when type == typeof(Guid) => command.Service == typeof(StaffInvitations) ? await InvitedAsync() : (await Given.AccountAsync(shop.Open, Roles.Agent)).Id,
        (var type, "sessionId") when type == typeof(Guid) => (await Given.SessionAsync(shop, HolderOf(visitor))).Id,
        (var type, "messageId") when type == typeof(Guid) => Guid.Empty,
        (var type, "fileId") when type == typeof(Guid) => Guid.Empty,
        (var type, var name) when type == typeof(Guid) => throw new InvalidOperationException($"{command.Name} wants a {name}: teach the stage to make one."),
        (var type, _) when type == typeof(IntakeOrder) => new IntakeOrder(Guid.Empty, []),
        (var type, "role") when type == typeof(string) => Roles.Manager,
        (var type, "id") when type == typeof(string) && command.Service == typeof(PasskeyService) => await PasskeyAsync(visitor),
        (var type, _) when type == typeof(string) => "Words",
        (var type, _) when type == typeof(bool) => true,
        (var type, "version") when type == typeof(int) => 1,
        (var type, _) when type == typeof(int) => 5,
        (var type, _) when type == typeof(Permission) => Permission.Export,
        (var type, _) when type == typeof(LeadStatus) => LeadStatus.Contacted,
        (var type, _) when type == typeof(LeadPlace) => LeadPlace.Top,
        (var type, _) when type == typeof(TradeSource) => TradeSource.Shop,
        (var type, _) when type == typeof(TradeScope) => TradeScope.Of(TradeSource.Shop),
        (var type, _) when type == typeof(Period) => Period.Ever,
        (var type, _) when type == typeof(DateOnly) => DateOnly.FromDateTime(shop.Clock.Now),
        (var type, _) when type == typeof(StatementPeriod) => StatementPeriod.LastYear(DateOnly.FromDateTime(shop.Clock.Now)),
        (var type, _) when type == typeof(ListQuestion) => new ListQuestion(1, ListQuestion.UsualSize, null, null, null),
        (var type, _) when type == typeof(LeadListFilter) => new LeadListFilter(null, null, null),
        (var type, _) when type == typeof(ContactFilter) => new ContactFilter(null, null),
        (var type, _) when type == typeof(LeadNoteFilter) => new LeadNoteFilter(null, null),
        (var type, _) when type == typeof(ReminderFilter) => new ReminderFilter(null, null, null),
        (var type, _) when type == typeof(TalkFilter) => new TalkFilter(null, null, null),
        (var type, _) when type == typeof(AuditFilter) => new AuditFilter(),
        (var type, _) when type == typeof(StaffEdit) => new StaffEdit("Ama", "Boakye", Roles.Agent),
        (var type, _) when type == typeof(UserEdit) => new UserEdit($"words{++made}", null, "Words", null, Roles.Agent, null),
        (var type, _) when type == typeof(OwnAccountEdit) => new OwnAccountEdit("Words", null, null),
        (var type, _) when type == typeof(Stream) => new MemoryStream(),
        (var type, _) when type == typeof(IReadOnlyCollection<string>) => Array.Empty<string>(),
        (var type, _) when type == typeof(IReadOnlyCollection<Guid>) => new[] { lead },
        (var type, _) when type.IsEnum => Enum.GetValues(type).GetValue(0),
        (var type, _) when Nullable.GetUnderlyingType(type) is not null || type.IsInterface || type.GetConstructor([]) is null => null,
        (var type, _) => Filled(Activator.CreateInstance(type)!),
    };

    private object Filled(object form)
    {
        foreach (var property in form.GetType().GetProperties().Where(p => p.CanWrite && p.PropertyType == typeof(string)))
        {
            var value = property.Name switch
            {
                "Name" or "Title" or "Subject" or "FirstName" => $"Words {++made}",
                "Email" => $"words{++made}@mail.example",
                _ => null,
            };
            if (value is not null) property.SetValue(form, value);
        }
        if (form is LeadReminderEdit reminder) reminder.On = DateOnly.FromDateTime(shop.Clock.Now);
        return form;
    }

    /// <summary>Of whoever calls; of customer A for somebody who has no account.</summary>
    private static Guid HolderOf(Visitor visitor) => (Who.PersonOf(visitor) ?? TestPeople.CustomerA).UserId;

    private async Task<string> PasskeyAsync(Visitor visitor)
    {
        var passkey = SomePasskey.Of(HolderOf(visitor), "Blue phone");
        await using var db = shop.Open();
        db.UserPasskeys.Add(passkey);
        await db.SaveChangesAsync();
        return Base64Url.EncodeToString(passkey.CredentialId);
    }

    private static readonly LeadDeed Deed = new(LeadDeedKind.Priority, Priority: LeadPriority.High);

    // A change of the lead that this person made.
    private async Task<Guid> ChangeAsync(Guid leadId, Guid userId)
    {
        await using var db = shop.Database.Open(new Actor(userId, "somebody"));
        db.ChangeId = Guid.CreateVersion7();
        (await db.Leads.FindAsync(leadId))!.Rate(LeadPriority.High, Money.Zero);
        await db.SaveChangesAsync();
        return db.ChangeId.Value;
    }

    private async Task<Guid> PartAsync<T>(T row, Action<T> fill) where T : Entity
    {
        fill(row);
        await using var db = shop.Open();
        db.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    }

    private async Task<Guid> DealAsync(Guid lead)
    {
        var stage = await FirstStageAsync();
        return await PartAsync(new Opportunity { CreatedAt = shop.Clock.Now }, o =>
        {
            o.Describe("Weekly yam", null, 0, null, TestPeople.OtherAgent.UserId, shop.Clock.Now);
            o.BelongTo(lead, null);
            o.MoveTo(stage, 0, shop.Clock.Now);
        });
    }

    private async Task<Guid> FirstEntryAsync()
    {
        await using var db = shop.Open();
        return await db.AuditEntries.Where(a => a.Action == AuditAction.Created).Select(a => a.Id).FirstAsync();
    }

    private async Task<OpportunityStage> FirstStageAsync()
    {
        await using var db = shop.Open();
        return await db.OpportunityStages.OrderBy(s => s.Position).FirstAsync();
    }

    private async Task<Guid> InvitedAsync() => (await shop.As(TestPeople.Owner).Get<StaffInvitations>()
        .InviteAsync(new StaffInvitation { FirstName = "Kofi", Email = $"kofi{++made}@mail.example" }, CancellationToken.None)).Value.Id;

    private static byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress)) zip.Write("a,b\n"u8);
        return packed.ToArray();
    }
}
