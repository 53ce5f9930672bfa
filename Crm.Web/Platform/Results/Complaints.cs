using System.Globalization;
using Crm.Data;

namespace Crm.Web.Platform.Results;

/// <summary>Gathers what is wrong with a form, field by field, so that people read all of it at once.</summary>
public sealed class Complaints
{
    private readonly List<InvalidError> found = [];

    /// <summary>Every complaint as one refusal, or null when there is none.</summary>
    public Error? Error => found.Count == 0 ? null : InvalidError.Of(found);

    public void Add(string field, string message) => found.Add(new InvalidError(field, message));

    /// <summary>Complains of a text that is missing.</summary>
    public void Require(string field, string? text, string message)
    {
        if (CleanText.Typed(text) is null) Add(field, message);
    }

    /// <summary>Complains of a text that the record cannot hold.</summary>
    public void Within(string field, string? text, int most)
    {
        if (CleanText.Typed(text)?.Length is { } length && length > most)
            Add(field, string.Create(CultureInfo.InvariantCulture, $"This is {length - most:N0} characters too long; {most:N0} fit."));
    }
}
