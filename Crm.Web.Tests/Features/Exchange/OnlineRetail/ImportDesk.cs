using Crm.Data.Exchange;
using Crm.Web.Features.Exchange;
using Crm.Web.Features.Exchange.OnlineRetail;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

/// <summary>The owner at the import.</summary>
static class ImportDesk
{
    /// <summary>Imports a file to its end.</summary>
    public static async Task<ImportOutcome> ImportAsync(this TestShop shop, string path, int batchLines = OnlineRetailImport.LinesPerBatch)
    {
        var outcome = (await shop.TryImportAsync(path, new Told(_ => { }), CancellationToken.None, batchLines)).Value;
        Assert.Equal(ImportState.Finished, outcome.State);
        return outcome;
    }

    public static Task<Result<ImportOutcome>> TryImportAsync(
        this TestShop shop, string path, IProgress<ImportProgress> progress, CancellationToken ct, int batchLines = OnlineRetailImport.LinesPerBatch, TestPerson? person = null)
    {
        var import = shop.As(person ?? TestPeople.Owner).Get<OnlineRetailImport>();
        import.BatchLines = batchLines;
        return import.RunAsync(path, Path.GetFileName(path), progress, ct);
    }

    /// <summary>Progress, heard at once and in order.</summary>
    public sealed class Told(Action<ImportProgress> act) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => act(value);
    }
}
