using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Board;

public sealed class CardMarkupTests : BunitContext
{
    private const string Nasty = "<img src=x onerror=alert(1)> \"Ọláyínká\" & 'Ngũgĩ'";

    [Fact]
    public async Task What_people_typed_is_text_and_nothing_else()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var card = Card(shop, 0) with { Name = Nasty, Business = Nasty, Person = Nasty, NextStep = Nasty, OwnerName = Nasty, LostNote = Nasty };

        var drawn = Draw(shop, card, "?q=%22%3E%3Cb%3E");

        Assert.Empty(drawn.FindAll("img"));
        Assert.Equal(Nasty, drawn.Find(".nm").TextContent);
        Assert.Equal($"/leads/{card.Id}?q=%22%3E%3Cb%3E", drawn.Find(".nm").GetAttribute("href"));
        Assert.Equal($"Move {Nasty} to…", drawn.Find("[data-move]").GetAttribute("aria-label"));
        Assert.Equal(Nasty, drawn.Find(".f .av").GetAttribute("title"));
        Assert.Equal(Nasty, drawn.Find(".f > span").TextContent);
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "age warn|Untouched for 10 d")]
    [InlineData(14, "age warn|Untouched for 14 d")]
    [InlineData(15, "age bad|Stale: untouched for 15 d")]
    public async Task A_card_tells_how_long_nobody_touched_it(int days, string? expected)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);

        var drawn = Draw(shop, Card(shop, days) with { Status = LeadStatus.Contacted, NextStepAt = TestClock.Start.AddDays(90) }, "");

        var age = drawn.FindAll(".age").SingleOrDefault();
        Assert.Equal(expected, age is null ? null : $"{age.ClassName}|{age.TextContent}");
    }

    private IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> Draw(TestShop shop, LeadCard card, string query) =>
        Render(builder => builder.AddContent(0, new CardMarkup(shop.Get<Shop>(), shop.As(TestPeople.Agent).Get<OwnClock>(), LeadMoment.Of(shop.Get<Shop>()), query, "icons.svg").Of(card)));

    private static LeadCard Card(TestShop shop, int untouchedDays) => new(
        Guid.CreateVersion7(), 1, "Accra Grill House", "Restaurant", "Kwame", LeadStatus.Qualified, 0, LeadPriority.High, 5600_00,
        null, null, shop.Get<Shop>().Now.AddDays(-untouchedDays), TestClock.Start.AddDays(-90), TestClock.Start, null, "", null, null);
}
