using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using Crm.Web.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>While developing, mails land in the data folder's <c>mail</c>: an .eml for mail programs, and its parts for <c>/dev/mail</c>.</summary>
public sealed class MailFolder(IOptions<StorageOptions> storage, TimeProvider clock) : IEmailTransport
{
    private const int Shown = 100;

    public string Path => System.IO.Path.Combine(storage.Value.Folder, "mail");
    public string? WhyNotReady => null;

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var name = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmssfff}-{mail.Id[..8]}");
        var drop = Directory.CreateDirectory(System.IO.Path.Combine(Path, $".{name}"));
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = drop.FullName })
        using (var message = mail.ToMessage())
            await client.SendMailAsync(message, ct);
        File.Move(drop.GetFiles().Single().FullName, At(name, "eml"), overwrite: true);
        drop.Delete();
        // whole at once: somebody may be looking
        await File.WriteAllTextAsync(At(name, "part"), JsonSerializer.Serialize(new LandedMail(name, now, mail)), ct);
        File.Move(At(name, "part"), At(name, "json"), overwrite: true);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<LandedMail>> ListAsync(CancellationToken ct)
    {
        if (!Directory.Exists(Path)) return [];
        var mails = new List<LandedMail>();
        foreach (var file in Directory.GetFiles(Path, "*.json").OrderDescending(StringComparer.Ordinal).Take(Shown))
            mails.Add(JsonSerializer.Deserialize<LandedMail>(await File.ReadAllTextAsync(file, ct))!);
        return mails;
    }

    /// <summary>One of them, by its name alone: no other file of the machine can be named.</summary>
    public async Task<LandedMail?> FindAsync(string name, CancellationToken ct) => (await ListAsync(ct)).FirstOrDefault(m => m.Name == name);

    private string At(string name, string kind) => System.IO.Path.Combine(Path, $"{name}.{kind}");
}

/// <summary>A mail that landed in the folder.</summary>
/// <param name="At">UTC.</param>
public sealed record LandedMail(string Name, DateTime At, OutgoingMail Mail);
