using Bunit;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Features.Leads.Duplicates;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Leads.Notes;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Leads.Panel;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Features.Settings.Views;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Forms;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Leads.Board;

/// <summary>The board's page over the real services of one person, without a browser.</summary>
public abstract class LeadScreens : BunitContext
{
    /// <summary>Opens the page; an address below /leads opens a panel.</summary>
    internal async Task<IRenderedComponent<LeadBoardPage>> OpenAsync(TestShop shop, TestPerson person, string address = "leads")
    {
        var desk = shop.As(person);
        Services.AddSingleton(desk.Get<LeadBoardQueries>()).AddSingleton(desk.Get<LeadMoves>()).AddSingleton(desk.Get<LeadQueries>()).AddSingleton(desk.Get<LeadService>())
            .AddSingleton(desk.Get<LeadForms>()).AddSingleton(desk.Get<LeadConversion>()).AddSingleton(desk.Get<UndoService>()).AddSingleton(desk.Get<LeadTimeline>()).AddSingleton(desk.Get<LeadContacts>())
            .AddSingleton(desk.Get<LeadReminders>()).AddSingleton(desk.Get<LeadNotes>()).AddSingleton(desk.Get<LeadTalks>()).AddSingleton(desk.Get<FirstLeadView>()).AddSingleton(desk.Get<SavedViewService>()).AddSingleton(desk.Get<LeadNextSteps>())
            .AddSingleton(desk.Get<OwnClock>())
            .AddSingleton(desk.Get<NoteHistory>()).AddSingleton(desk.Get<LeadTags>()).AddSingleton(desk.Get<LeadTrail>()).AddSingleton(desk.Get<LeadDuplicates>()).AddSingleton(desk.Get<LeadMerge>())
            .AddSingleton(desk.Get<DealBoardQueries>()).AddSingleton(desk.Get<OpportunityQueries>()).AddSingleton(desk.Get<OpportunityMoves>()).AddSingleton(desk.Get<OpportunityService>())
            .AddSingleton(desk.Get<CurrentActor>()).AddSingleton(shop.Get<Shop>()).AddSingleton(shop.LiveLeads()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(TimeProvider.System)
            .AddScoped<Toasts>().AddScoped<Drafts>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        foreach (var module in new[] { "./Features/Leads/Board/BoardView.razor.js", "./Features/Leads/Board/LeadBoardPage.razor.js", "./js/dialog.js", "./js/drawer.js" })
            JSInterop.SetupModule(module).Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var id = Guid.TryParse(address.Split('/', '?').ElementAtOrDefault(1), out var lead) ? lead : (Guid?)null;
        var page = Render<LeadBoardPage>(p => p.Add(x => x.LeadId, id));
        await page.WaitForStateAsync(() => page.FindAll(".skel").Count == 0, Patience);
        return page;
    }

    /// <summary>Long enough for a machine that is busy with other tests.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The names in a column, top first.</summary>
    internal static string Lane(IRenderedComponent<LeadBoardPage> page, string status) => string.Join(", ", page.FindAll($"[data-lane={status}] a.nm").Select(a => a.TextContent));

    /// <summary>A column's name, count and sum.</summary>
    internal static string Head(IRenderedComponent<LeadBoardPage> page, string status) =>
        string.Join(' ', new[] { "h2", ".c", ".sum" }.Select(part => page.Find($"[data-lane={status}] .lane-h {part}").TextContent));
}
