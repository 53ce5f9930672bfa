using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Crm.Web.Tests.Ui;

/// <summary>The ground that component tests stand on: rendering, events and markup comparison work.</summary>
public class ComponentGroundTests : BunitContext
{
    [Fact]
    public void A_click_renders_the_component_anew()
    {
        var counter = Render<Counter>(parameters => parameters.Add(c => c.Step, 2));

        counter.Find("button").Click();
        counter.Find("button").Click();

        counter.MarkupMatches("<button>  Counted <b>4</b> </button>");
    }

    private sealed class Counter : ComponentBase
    {
        private int count;

        [Parameter]
        public int Step { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => count += Step));
            builder.AddMarkupContent(2, $"Counted <b>{count}</b>");
            builder.CloseElement();
        }
    }
}
