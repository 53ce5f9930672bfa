using System.Diagnostics.CodeAnalysis;

namespace Crm.Web.Platform.Results;

/// <summary>Either a value or a refusal.</summary>
public readonly struct Result<T>
{
    private readonly T? value;
    private readonly Error? error;

    private Result(T? value, Error? error) => (this.value, this.error) = (value, error);

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>True and the refusal, or false and the value.</summary>
    public bool Failed([NotNullWhen(true)] out Error? refusal, [NotNullWhen(false)] out T? result)
    {
        (refusal, result) = (error, value);
        return error is not null;
    }

    /// <summary>The refusal, or null.</summary>
    public Error? Error => error;

    /// <summary>The value; throws the refusal's sentence where there is none, so only after a check or in tests.</summary>
    public T Value => error is null ? value! : throw new InvalidOperationException(error.Message);
}

/// <summary>For values known only by an interface, which no conversion can start from.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value) => value;
}

/// <summary>Done, with nothing to tell.</summary>
public readonly record struct Done;
