namespace Crm.Web.Platform.Results;

/// <summary>A refusal that was to be expected, with the sentence that the user reads. Bugs and outages throw instead.</summary>
public abstract record Error(string Message);

/// <summary>There is no such thing, or it is not theirs to see. 404.</summary>
public record NotFoundError(string Message) : Error(Message);

/// <summary>Something typed cannot be taken. 400.</summary>
/// <param name="Field">The property it stands beside; empty for the form as a whole.</param>
public record InvalidError(string Field, string Message) : Error(Message)
{
    /// <summary>Every complaint when there are several, the first one among them.</summary>
    public IReadOnlyList<InvalidError> All { get; init; } = [];

    public static InvalidError Of(IReadOnlyList<InvalidError> complaints) => complaints[0] with { All = complaints };

    /// <summary>The complaint about a field, if there is one.</summary>
    public string? For(string field) => (All.Count > 0 ? All : [this]).FirstOrDefault(c => c.Field == field)?.Message;
}

/// <summary>It cannot be done in the state things are in now, for example because somebody else changed it. 409.</summary>
public record ConflictError(string Message) : Error(Message);

/// <summary>They may not do this. 403.</summary>
public record ForbiddenError(string Message = "You do not have permission to do this.") : Error(Message);
