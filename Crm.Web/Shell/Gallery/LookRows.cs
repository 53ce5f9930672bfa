using Crm.Web.Ui;

namespace Crm.Web.Shell.Gallery;

/// <summary>The rows of the pictures that the look is measured by.</summary>
public static class LookRows
{
    /// <summary>Thirteen of them.</summary>
    public static readonly IReadOnlyList<LookRow> All =
    [
        new("Kwame Mensah", "Accra Grill House", "Champion", Tone.Ok, "Gold", 5120, "2 days ago", 894015),
        new("Merle Ramsaran", "Auntie Merle's Roti", "Champion", Tone.Ok, "Gold", 2010, "Today", 412080),
        new("Tunde Bakare", "Etobicoke", "Champion", Tone.Ok, "Gold", 2260, "3 days ago", 348000),
        new("Achieng Otieno", "Nairobi → Scarborough", "Champion", Tone.Ok, "Gold", 2480, "Today", 321460),
        new("Folake Adeyemi", "Taste of Lagos", "Loyal", Tone.Neutral, "Silver", 1660, "Yesterday", 277500),
        new("Ngozi Eze", "Brampton", "Drifting", Tone.Warn, "Silver", 1420, "64 days ago", 204690),
        new("Andre Campbell", "Yaadie Jerk Truck", "Loyal", Tone.Neutral, "Silver", 1190, "6 days ago", 190235),
        new("Denise Baptiste", "Island Spice Catering", "Loyal", Tone.Neutral, "Silver", 1075, "8 days ago", 165510),
        new("Abeba Tesfaye", "North York", "Loyal", Tone.Neutral, "Silver", 905, "12 days ago", 114870),
        new("Claire Thompson", "Leslieville", "Promising", Tone.Neutral, "Bronze", 310, "31 days ago", 41245),
        new("Jean-Marc Pierre", "Kreyòl Corner Bakery", "New", Tone.Info, "Bronze", 240, "9 days ago", 38820),
        new("Wanjiru Kamau", "Ajax", "New", Tone.Info, "Bronze", 120, "18 days ago", 18000),
        new("Ọláyínká Adébáyò", "Pointe-Claire", "Drifting", Tone.Warn, "Bronze", 95, "112 days ago", 16430),
    ];
}
