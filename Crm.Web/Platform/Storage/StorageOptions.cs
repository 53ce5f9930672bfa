using System.ComponentModel.DataAnnotations;
using Crm.Web.Platform.Hosting;
using Npgsql;

namespace Crm.Web.Platform.Storage;

/// <summary>Where the shop keeps what it knows. Section <c>Storage</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    /// <summary>Folder of the SQLite file and its companions; a relative one starts at <see cref="AppFolders.Home"/>.</summary>
    [Required(ErrorMessage = "name a folder.")]
    public string DataDirectory { get; set; } = "data";

    /// <summary>PostgreSQL connection string; when it is empty the shop keeps a SQLite file in <see cref="DataDirectory"/>.</summary>
    public string? Postgres { get; set; }

    /// <summary>Whether PostgreSQL is meant rather than the file.</summary>
    public bool UsesPostgres => !string.IsNullOrWhiteSpace(Postgres);

    /// <summary><see cref="DataDirectory"/> as an absolute path.</summary>
    public string Folder => Path.GetFullPath(DataDirectory, AppFolders.Home);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UsesPostgres && Complaint(Postgres!) is { } complaint)
            yield return new ValidationResult(complaint, [nameof(Postgres)]);
    }

    // Never repeats the connection string: it holds a password.
    private static string? Complaint(string connection)
    {
        const string Example = "write it like \"Host=localhost;Database=crm;Username=crm;Password=…\".";
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connection);
            return string.IsNullOrWhiteSpace(parts.Host) ? $"the connection string names no Host; {Example}" : null;
        }
        catch (ArgumentException e)
        {
            return $"the connection string cannot be read ({e.Message.TrimEnd('.')}); {Example}";
        }
    }
}
