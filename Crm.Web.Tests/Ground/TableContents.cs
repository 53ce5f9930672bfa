using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Ground;

/// <summary>What stands in every table, as a count and a checksum, so that a test can say that nothing changed.</summary>
static class TableContents
{
    /// <summary>By table; two equal answers mean equal rows in every column.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(CrmDbContext db, params string[] except)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var tables = db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct().Except(except);
        foreach (var table in tables) contents[table] = await SumAsync(db, $"SELECT * FROM \"{table}\"");
        return contents;
    }

    /// <summary>The same without some tables, and without some columns, named alone or with their table.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadWithoutAsync(CrmDbContext db, string[] tables, string[] columns, string[] ofTables)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in db.Model.GetRelationalModel().Tables.Where(t => !tables.Contains(t.Name)))
        {
            var names = table.Columns.Select(c => c.Name).Where(c => !columns.Contains(c) && !ofTables.Contains($"{table.Name}.{c}")).Order(StringComparer.Ordinal);
            contents[table.Name] = await SumAsync(db, $"SELECT {string.Join(", ", names.Select(n => $"\"{n}\""))} FROM \"{table.Name}\"");
        }
        return contents;
    }

    /// <summary>Count and checksum of a query's rows, whatever their order.</summary>
    public static async Task<string> SumAsync(CrmDbContext db, string sql)
    {
        var (count, sum) = (0L, 0UL);
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var text = string.Join('\u001f', Enumerable.Range(0, rows.FieldCount).Select(at => rows.GetValue(at) switch
            {
                byte[] bytes => Convert.ToHexString(bytes),
                var value => Convert.ToString(value, CultureInfo.InvariantCulture),
            }));
            unchecked { sum += BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text))); }
            count++;
        }
        await db.Database.CloseConnectionAsync();
        return $"{count} rows, {sum:x16}";
    }

    /// <summary>Imported trade without ids and short numbers, which differ from run to run: rows are named as the file names them.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadTradeAsync(CrmDbContext db)
    {
        var queries = new Dictionary<string, string>
        {
            ["Customers"] = "SELECT c.\"FirstName\", c.\"LastName\", c.\"SortName\", c.\"Country\", c.\"JoinedAt\", c.\"PointsBalance\", c.\"OrderCount\", c.\"SpentMinor\", c.\"LastOrderAt\", c.\"Origin\", c.\"ExternalId\", c.\"Version\" FROM \"Customers\" c WHERE c.\"Origin\" IS NOT NULL",
            ["Products"] = "SELECT \"Sku\", \"NormalizedSku\", \"Name\", \"PriceMinor\", \"IsActive\", \"TracksStock\", \"OnHand\", \"Origin\", \"Version\" FROM \"Products\"",
            ["Orders"] = "SELECT o.\"Number\", c.\"ExternalId\", o.\"Channel\", o.\"Status\", o.\"PlacedAt\", o.\"PlacedOn\", o.\"SubtotalMinor\", o.\"TotalMinor\", o.\"PointsEarned\", o.\"Country\", o.\"Origin\", o.\"ExternalId\", o.\"Version\" FROM \"Orders\" o LEFT JOIN \"Customers\" c ON c.\"Id\" = o.\"CustomerId\"",
            ["OrderLines"] = "SELECT o.\"Number\", l.\"Position\", p.\"Sku\", l.\"Name\", l.\"Quantity\", l.\"UnitPriceMinor\", l.\"TotalMinor\" FROM \"OrderLines\" l JOIN \"Orders\" o ON o.\"Id\" = l.\"OrderId\" LEFT JOIN \"Products\" p ON p.\"Id\" = l.\"ProductId\"",
            ["OrderStatusChanges"] = "SELECT o.\"Number\", h.\"From\", h.\"To\", h.\"Reason\", h.\"At\" FROM \"OrderStatusChanges\" h JOIN \"Orders\" o ON o.\"Id\" = h.\"OrderId\"",
            ["Payments"] = "SELECT o.\"Number\", p.\"Method\", p.\"Status\", p.\"AmountMinor\", p.\"SettledAt\" FROM \"Payments\" p JOIN \"Orders\" o ON o.\"Id\" = p.\"OrderId\"",
            ["Returns"] = "SELECT r.\"Number\", c.\"ExternalId\", r.\"ReturnedAt\", r.\"ReturnedOn\", r.\"TotalMinor\", r.\"ExternalId\" FROM \"Returns\" r LEFT JOIN \"Customers\" c ON c.\"Id\" = r.\"CustomerId\"",
            ["ReturnLines"] = "SELECT r.\"Number\", l.\"Position\", p.\"Sku\", l.\"Name\", l.\"Quantity\", l.\"TotalMinor\" FROM \"ReturnLines\" l JOIN \"Returns\" r ON r.\"Id\" = l.\"ReturnId\" LEFT JOIN \"Products\" p ON p.\"Id\" = l.\"ProductId\"",
            ["LoyaltyEntries"] = "SELECT c.\"ExternalId\", e.\"Kind\", e.\"Points\", e.\"Remaining\", e.\"SourceKind\", e.\"RateBasisPoints\", e.\"Note\", e.\"At\" FROM \"LoyaltyEntries\" e JOIN \"Customers\" c ON c.\"Id\" = e.\"CustomerId\"",
            ["SearchEntries"] = "SELECT \"Kind\", \"Title\", \"Text\" FROM \"SearchEntries\" WHERE \"Kind\" <> 'customer'",
            ["SearchEntries of customers"] = "SELECT s.\"Title\" FROM \"SearchEntries\" s JOIN \"Customers\" c ON c.\"Id\" = s.\"EntityId\" WHERE c.\"Origin\" IS NOT NULL",
        };
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (table, sql) in queries) contents[table] = await SumAsync(db, sql);
        return contents;
    }
}
