namespace Crm.Data.Live;

/// <summary>Receives what was committed here; across nodes PostgreSQL's NOTIFY carries it instead.</summary>
public interface IChangeSink
{
    void Publish(IReadOnlyCollection<ChangeTopic> topics);

    /// <summary>What is kept in memory of these is out of date, at once; screens hear of it by <see cref="Publish"/>.</summary>
    void Forget(IReadOnlyCollection<ChangeTopic> topics);
}

/// <summary>For commands and tests that nobody watches.</summary>
public sealed class NoChangeSink : IChangeSink
{
    public static readonly NoChangeSink Instance = new();

    public void Publish(IReadOnlyCollection<ChangeTopic> topics) { }

    public void Forget(IReadOnlyCollection<ChangeTopic> topics) { }
}

/// <summary>The text in which changes travel between nodes.</summary>
public static class ChangeWire
{
    public const string Channel = "crm_changes";

    /// <summary>NOTIFY carries 8000 bytes; more than this many topics are told as "many" of their kind.</summary>
    private const int Most = 100;

    public static string Write(IReadOnlyCollection<ChangeTopic> topics) =>
        string.Join(';', Shorten(topics).Select(t => $"{t.Kind}:{t.Id:N}"));

    public static IReadOnlyList<ChangeTopic> Read(string payload) =>
        [.. payload.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':'))
            .Where(p => p.Length == 2 && Guid.TryParse(p[1], out _)).Select(p => new ChangeTopic(p[0], Guid.Parse(p[1])))];

    /// <summary>One topic with an empty id stands for many of a kind.</summary>
    public static IReadOnlyCollection<ChangeTopic> Shorten(IReadOnlyCollection<ChangeTopic> topics) =>
        topics.Count <= Most ? topics : [.. topics.Select(t => new ChangeTopic(t.Kind, Guid.Empty)).Distinct()];
}
