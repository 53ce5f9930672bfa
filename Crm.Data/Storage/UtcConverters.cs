using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Crm.Data.Storage;

/// <summary>Stores an instant as UTC and reads it back as UTC: the one type that both databases compare and group alike.</summary>
public sealed class UtcDateTime() : ValueConverter<DateTime, DateTime>(
    v => v.Kind == DateTimeKind.Utc ? v : v.ToUniversalTime(),
    v => DateTime.SpecifyKind(v, DateTimeKind.Utc));

/// <summary>Stores Identity's offsets as UTC instants.</summary>
public sealed class UtcOffset() : ValueConverter<DateTimeOffset, DateTime>(
    v => v.UtcDateTime,
    v => new DateTimeOffset(DateTime.SpecifyKind(v, DateTimeKind.Utc), TimeSpan.Zero));
