using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Registration;

/// <summary>The address has an account. Programs are told, by contract; a page must answer as if it had none.</summary>
public sealed record EmailTaken() : InvalidError(nameof(RegistrationForm.Email), "Customer with this email already exists.");

/// <summary>The password was not typed the same way twice.</summary>
public sealed record PasswordsDiffer(string Field) : InvalidError(Field, "Password fields didn't match.");
