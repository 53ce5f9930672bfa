using System.Globalization;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Talks;

/// <summary>Hangs files on talks and takes them off, in the talk's own transaction.</summary>
public sealed class TalkFiles(IFileStore store)
{
    /// <summary>How many hang on one talk.</summary>
    public const int Most = 10;

    /// <summary>How many bytes are attached by one save.</summary>
    public const int MostBytes = 30 * 1024 * 1024;

    /// <summary>Why a file is not even read, or null: too large, or too many.</summary>
    /// <param name="others">Bytes of each file that was chosen before.</param>
    public static string? Complaint(string name, long bytes, IReadOnlyCollection<int> others, int attached) =>
        FileCheck.TooLarge(name, bytes, "")?.Message
        ?? (others.Count + attached >= Most ? $"{Most} files fit. Log another talk for the rest."
        : others.Sum(b => (long)b) + bytes > MostBytes ? string.Create(CultureInfo.InvariantCulture, $"Together these are more than {MostBytes / 1048576} MB. Save first, then add the rest.") : null);

    /// <summary>Why a file that was read is not taken, or null.</summary>
    public static string? Complaint(NewFile file) => FileCheck.Of(file, "").Error?.Message;

    /// <summary>Takes off and attaches what the form says; the caller saves.</summary>
    internal async Task<Error?> ChangeAsync(CrmDbContext db, Correspondence talk, LeadTalkEdit edit, CancellationToken ct)
    {
        if (edit.Files.Count == 0 && edit.Removed.Count == 0) return null;
        var hanging = await db.CorrespondenceFiles.Where(f => f.CorrespondenceId == talk.Id).ToListAsync(ct);
        var off = hanging.Where(f => edit.Removed.Contains(f.FileId)).ToList();
        db.CorrespondenceFiles.RemoveRange(off);
        if (hanging.Count - off.Count + edit.Files.Count > Most) return new InvalidError(nameof(edit.Files), $"{Most} files fit. Log another talk for the rest.");
        foreach (var file in edit.Files)
        {
            if ((await store.AddAsync(db, file, nameof(edit.Files), ct)).Failed(out var refusal, out var kept)) return refusal;
            db.CorrespondenceFiles.Add(new CorrespondenceFile { CorrespondenceId = talk.Id, FileId = kept.Id, LeadId = talk.LeadId });
        }
        return null;
    }

    /// <summary>The files of some talks, without their bytes.</summary>
    internal static async Task<Dictionary<Guid, List<FileLine>>> OfAsync(CrmDbContext db, IReadOnlyCollection<Guid> talks, CancellationToken ct)
    {
        if (talks.Count == 0) return [];
        var rows = await db.CorrespondenceFiles.AsNoTracking().Where(f => talks.Contains(f.CorrespondenceId)).Join(db.StoredFiles, f => f.FileId, s => s.Id, (f, s) => new { f.CorrespondenceId, File = s })
            .OrderBy(r => r.File.CreatedAt).ThenBy(r => r.File.Name).ThenBy(r => r.File.Id).Select(r => new { r.CorrespondenceId, Line = new FileLine(r.File.Id, r.File.Name, r.File.ContentType, r.File.Bytes) }).ToListAsync(ct);
        return rows.GroupBy(r => r.CorrespondenceId).ToDictionary(g => g.Key, g => g.Select(r => r.Line).ToList());
    }
}
