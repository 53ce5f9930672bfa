namespace Crm.Web.Ui;

/// <summary>What a colour says. Colour never speaks alone: a word or an icon stands beside it.</summary>
public enum Tone
{
    /// <summary>Nothing to notice.</summary>
    Neutral,

    /// <summary>Done, fine, allowed.</summary>
    Ok,

    /// <summary>Soon.</summary>
    Warn,

    /// <summary>Late, or lost for good.</summary>
    Bad,

    /// <summary>Now, brand, points.</summary>
    Accent,

    /// <summary>New, or good to know.</summary>
    Info,
}

/// <summary>Maps a tone to the class that the stylesheet knows.</summary>
public static class ToneCss
{
    /// <summary>The class for <paramref name="tone"/>; empty for neutral.</summary>
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Neutral => "",
        Tone.Ok => "ok",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        Tone.Accent => "acc",
        Tone.Info => "info",
    };
}
