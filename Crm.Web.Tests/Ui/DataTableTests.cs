using Bunit;
using Crm.Web.Ui.Tables;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Ui;

public class DataTableTests : BunitContext
{
    private static readonly Food[] Foods = [new("Yam", 3), new("Okra", 12)];

    [Fact]
    public void Columns_make_the_head_and_fill_each_row()
    {
        var table = RenderTable(Foods);

        Assert.Equal(["Name", "Left"], table.FindAll("th").Select(e => e.TextContent.Trim()));
        Assert.Equal(["Yam", "3", "Okra", "12"], table.FindAll("td").Select(e => e.TextContent.Trim()));
        Assert.Equal("n", table.FindAll("td")[1].ClassName);
        Assert.Equal("title", table.FindAll("td")[0].GetAttribute("data-phone"));
        Assert.Null(table.FindAll("td")[1].GetAttribute("data-phone"));
    }

    [Fact]
    public void Missing_rows_are_a_skeleton_and_no_rows_are_the_empty_state()
    {
        Assert.Equal(10, RenderTable(null).FindAll("td .skel").Count);
        Assert.Empty(RenderTable(null).FindAll(".nothing"));
        Assert.Single(RenderTable([]).FindAll(".nothing"));
    }

    [Fact]
    public void The_foot_stands_only_below_rows()
    {
        Assert.Single(RenderTable(Foods).FindAll(".tfoot"));
        Assert.Empty(RenderTable([]).FindAll(".tfoot"));
    }

    [Fact]
    public void A_head_says_the_order_and_asks_for_another()
    {
        var asked = new List<TableSort>();
        var table = RenderTable(Foods, p => p.Add(t => t.Sort, new("left", true)).Add(t => t.SortChanged, asked.Add));

        Assert.Equal(["none", "descending"], table.FindAll("th").Select(e => e.GetAttribute("aria-sort")));
        table.FindAll("th button")[1].Click();
        table.FindAll("th button")[0].Click();

        Assert.Equal([new("left", false), new("name", false)], asked);
    }

    [Fact]
    public void A_static_list_is_sorted_by_links()
    {
        var table = RenderTable(Foods, p => p.Add(t => t.SortHref, sort => $"?sort={sort.Key}&down={sort.Descending}"));

        Assert.Equal(["?sort=name&down=False", "?sort=left&down=True"], table.FindAll("th a").Select(e => e.GetAttribute("href")));
    }

    [Fact]
    public void The_first_cell_opens_the_row_by_link_or_by_button()
    {
        Assert.Equal("/foods/Yam", RenderTable(Foods, p => p.Add(t => t.Href, food => $"/foods/{food.Name}")).Find("td a.open").GetAttribute("href"));

        Food? opened = null;
        RenderTable(Foods, p => p.Add(t => t.OnOpen, food => opened = food)).FindAll("td button.open")[1].Click();
        Assert.Equal(Foods[1], opened);
    }

    private IRenderedComponent<DataTable<Food>> RenderTable(IReadOnlyList<Food>? rows, Action<ComponentParameterCollectionBuilder<DataTable<Food>>>? more = null) =>
        Render<DataTable<Food>>(p =>
        {
            p.Add(t => t.Rows, rows).Add(t => t.Key, food => food.Name).Add(t => t.Label, "Foods")
                .Add(t => t.Empty, "<p class=nothing>Nothing</p>").Add(t => t.Footer, "Sum")
                .AddChildContent<Column<Food>>(c => c.Add(x => x.Title, "Name").Add(x => x.Sort, "name").Add(x => x.Phone, PhoneCell.Title).Add(x => x.ChildContent, Cell(food => food.Name)))
                .AddChildContent<Column<Food>>(c => c.Add(x => x.Title, "Left").Add(x => x.Sort, "left").Add(x => x.DescendingFirst, true).Add(x => x.Numeric, true).Add(x => x.ChildContent, Cell(food => $"{food.Left}")));
            more?.Invoke(p);
        });

    private static RenderFragment<Food> Cell(Func<Food, string> text) => food => builder => builder.AddContent(0, text(food));

    private sealed record Food(string Name, int Left);
}
