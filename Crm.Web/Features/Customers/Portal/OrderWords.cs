using Crm.Data.Orders;
using Crm.Web.Ui;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>What an order's state means to the person who ordered.</summary>
public static class OrderWords
{
    /// <summary>In a word or two.</summary>
    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.Placed => "Received",
        OrderStatus.Paid => "Paid",
        OrderStatus.Picking => "Being packed",
        OrderStatus.Ready => "Ready to collect",
        OrderStatus.OutForDelivery => "On its way",
        OrderStatus.Completed => "Completed",
        OrderStatus.Cancelled => "Cancelled",
        OrderStatus.PartlyRefunded => "Partly refunded",
        OrderStatus.Refunded => "Refunded",
    };

    public static Tone Tone(OrderStatus status) => status switch
    {
        OrderStatus.Placed or OrderStatus.Paid or OrderStatus.Picking => Ui.Tone.Info,
        OrderStatus.Ready or OrderStatus.OutForDelivery => Ui.Tone.Ok,
        OrderStatus.Completed => Ui.Tone.Neutral,
        OrderStatus.Cancelled or OrderStatus.PartlyRefunded or OrderStatus.Refunded => Ui.Tone.Neutral,
    };

    /// <summary>Something is still to happen.</summary>
    public static bool IsOpen(OrderStatus status) =>
        status is OrderStatus.Placed or OrderStatus.Paid or OrderStatus.Picking or OrderStatus.Ready or OrderStatus.OutForDelivery;

    /// <summary>"1 thing", "7 things".</summary>
    public static string Things(int lines) => lines == 1 ? "1 thing" : $"{lines} things";
}
