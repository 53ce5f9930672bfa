using Bunit;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.Components.Forms;

namespace Crm.Web.Tests.Ui;

public class FormPartTests : BunitContext
{
    private readonly TickingClock clock = new();

    public FormPartTests() => Services.AddSingleton<TimeProvider>(clock);

    [Fact]
    public void A_field_ties_label_hint_and_control_together()
    {
        var field = Render<Field>(p => p.Add(f => f.Label, "Mobile number").Add(f => f.Hint, "With +1").Add(f => f.ChildContent, Input));

        Assert.Equal(field.Find("input").Id, field.Find("label").GetAttribute("for"));
        Assert.Equal(field.Find(".hint").Id, field.Find("input").GetAttribute("aria-describedby"));
        Assert.Null(field.Find("input").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void An_error_takes_the_place_of_the_hint()
    {
        var field = Render<Field>(p => p.Add(f => f.Label, "Phone").Add(f => f.Hint, "With +1").Add(f => f.Error, "Two digits are missing").Add(f => f.ChildContent, Input));

        Assert.Empty(field.FindAll(".hint"));
        Assert.Equal("Two digits are missing", field.Find(".errmsg").TextContent);
        Assert.Equal("true", field.Find("input").GetAttribute("aria-invalid"));
        Assert.Equal(field.Find(".errmsg").Id, field.Find("input").GetAttribute("aria-describedby"));
    }

    [Fact]
    public void A_field_of_a_form_shows_what_validation_says_of_it()
    {
        var person = new Person();
        var form = new EditContext(person);
        var messages = new ValidationMessageStore(form);
        var field = Render<Field>(p => p.AddCascadingValue(form).Add(f => f.Label, "Name").Add(f => f.For, () => person.Name).Add(f => f.ChildContent, Input));
        Assert.Empty(field.FindAll(".errmsg"));

        messages.Add(() => person.Name, "Tell us your name");
        field.InvokeAsync(form.NotifyValidationStateChanged);

        field.WaitForAssertion(() => Assert.Equal("Tell us your name", field.Find(".errmsg").TextContent));
        Assert.Equal("true", field.Find("input").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Search_waits_until_typing_rests()
    {
        var asked = new List<string>();
        var box = Render<SearchBox>(p => p.Add(b => b.Label, "Find").Add(b => b.ValueChanged, asked.Add));

        box.Find("input").Input("ya");
        clock.Advance(TimeSpan.FromMilliseconds(249));
        box.Find("input").Input("yam");
        clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Empty(asked);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        box.WaitForAssertion(() => Assert.Equal(["yam"], asked));
    }

    [Fact]
    public void Enter_searches_at_once_and_only_once()
    {
        var asked = new List<string>();
        var box = Render<SearchBox>(p => p.Add(b => b.Label, "Find").Add(b => b.ValueChanged, asked.Add));

        box.Find("input").Input("yam");
        box.Find("input").Change("yam");
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["yam"], asked);
    }

    [Fact]
    public void A_cleared_search_tells_so()
    {
        var asked = new List<string>();
        var box = Render<SearchBox>(p => p.Add(b => b.Label, "Find").Add(b => b.Value, "yam").Add(b => b.ValueChanged, asked.Add));

        box.Find("button").Click();

        Assert.Equal([""], asked);
        Assert.Equal("", box.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void One_of_a_few_is_a_radio_group()
    {
        string? chosen = null;
        var choice = Render<SegmentedSwitch<string>>(p => p.Add(s => s.Label, "Span").Add(s => s.Options, [new("w", "Week"), new("m", "Month")]).Add(s => s.Value, "m").Add(s => s.ValueChanged, v => chosen = v));

        Assert.True(choice.FindAll("input")[1].HasAttribute("checked"));
        choice.FindAll("input")[0].Change(new Microsoft.AspNetCore.Components.ChangeEventArgs());

        Assert.Equal("w", chosen);
    }

    private static Microsoft.AspNetCore.Components.RenderFragment Input(Dictionary<string, object> attributes) => builder =>
    {
        builder.OpenElement(0, "input");
        builder.AddMultipleAttributes(1, attributes);
        builder.CloseElement();
    };

    private sealed class Person
    {
        public string Name { get; set; } = "";
    }
}
