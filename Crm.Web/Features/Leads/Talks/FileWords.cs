using System.Globalization;

namespace Crm.Web.Features.Leads.Talks;

/// <summary>Says how large a file is.</summary>
static class FileWords
{
    public static string Size(int bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB"),
    };
}
