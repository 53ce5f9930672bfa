using System.Text;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Features.Leads.List;
using Crm.Web.Platform.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Features.Leads.Intake;

/// <summary>What stays of an upload: all of a good one, nothing of any other.</summary>
[Trait("contract", "M-152")]
public sealed class IntakeFilesTests
{
    [Theory, BothDatabases]
    public async Task Of_a_file_that_is_refused_stopped_or_lost_on_the_way_nothing_stays(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var intake = shop.As(TestPeople.Owner).Get<LeadIntake>();
        var before = await CountAsync(shop);
        using var stop = new CancellationTokenSource();

        Assert.StartsWith("The file is broken near line", await RefusedAsync("Name\n" + Lines(1_200) + "\"never closed" + new string('x', 300 * 1024)), StringComparison.Ordinal);
        Assert.Contains("more than 50,000 lines", await RefusedAsync("Name\n" + Lines(IntakeFiles.MostLines + 1)), StringComparison.Ordinal);
        using (var lost = new Lost(Encoding.UTF8.GetBytes("Name\n" + Lines(1_200))))
            Assert.Equal("The file did not arrive. Choose it again.", (await intake.UploadAsync(lost, "x.csv", new Told(() => { }), CancellationToken.None)).Error?.Message);
        using (var stopped = new MemoryStream(Encoding.UTF8.GetBytes("Name\n" + Lines(1_200))))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => intake.UploadAsync(stopped, "x.csv", new Told(stop.Cancel), stop.Token));

        Assert.Equal(before, await CountAsync(shop));
        var good = await shop.As(TestPeople.Owner).FileAsync("Name\n" + Lines(1_200));
        Assert.Equal(1_200, good.Lines);
        Assert.Equal(before + 4, await CountAsync(shop));

        async Task<string?> RefusedAsync(string text)
        {
            using var upload = new MemoryStream(Encoding.UTF8.GetBytes(text));
            return (await intake.UploadAsync(upload, "x.csv", new Told(() => { }), CancellationToken.None)).Error?.Message;
        }
    }

    [Fact]
    public async Task While_a_file_arrives_its_scratch_copy_has_no_name_where_that_can_be()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var folder = Path.Combine(shop.Get<IOptions<StorageOptions>>().Value.Folder, "imports");
        int? named = null;
        using var upload = new MemoryStream("Name\nMama Nkechi\n"u8.ToArray());

        var kept = await shop.As(TestPeople.Owner).Get<LeadIntake>().UploadAsync(upload, "x.csv", new Told(() => named = Directory.GetFiles(folder).Length), CancellationToken.None);

        Assert.Null(kept.Error);
        Assert.Equal(OperatingSystem.IsWindows() ? 1 : 0, named);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_form_brings_so_many_ids_and_no_more()
    {
        var ids = Enumerable.Range(1, LeadSelection.Most + 1).Select(at => new Guid(at, 0, 7, new byte[8])).ToList();

        Assert.Equal(ids.Take(LeadSelection.Most), LeadSelection.Read(new LeadSelection(new LeadFilter(), ids).Write()));
    }

    private static string Lines(int count) => string.Concat(Enumerable.Range(1, count).Select(at => $"Kitchen {at}\n"));

    private static async Task<int> CountAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await db.StoredFiles.CountAsync();
    }

    private sealed class Told(Action act) : IProgress<long>
    {
        public void Report(long value) => act();
    }

    // breaks off after the first bytes
    private sealed class Lost(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == 0 ? base.ReadAsync(buffer[..100], cancellationToken) : throw new IOException("gone");
    }
}
