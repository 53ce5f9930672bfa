using Crm.Web.Ui;

namespace Crm.Web.Shell.Gallery;

/// <summary>A made-up customer of the gallery.</summary>
public sealed record LookRow(string Name, string From, string Segment, Tone Tone, string Tier, int Points, string Seen, long SpentMinor);
