using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Web.Tests.Ground;

/// <summary>Counts how often a shop's database was asked something, by a word of the statement.</summary>
public sealed class QueryCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private readonly string connection;
    private readonly string word;
    private int count;

    public QueryCount(TestShop shop, string word)
    {
        using var db = shop.Open();
        (connection, this.word) = (db.Database.GetConnectionString()!, word);
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Value => Volatile.Read(ref count);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData asked && asked.Command.Connection?.ConnectionString == connection && asked.Command.CommandText.Contains(word, StringComparison.Ordinal))
            Interlocked.Increment(ref count);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());
}
