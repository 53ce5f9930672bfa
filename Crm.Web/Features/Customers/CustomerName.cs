namespace Crm.Web.Features.Customers;

/// <summary>How a customer is called when parts of the name are missing.</summary>
public static class CustomerName
{
    /// <summary>The name, else the phone, the e-mail address or the number.</summary>
    public static string Of(string? firstName, string? lastName, string? phone, string? email, long number)
    {
        var name = $"{firstName} {lastName}".Trim();
        return name.Length > 0 ? name : phone ?? email ?? Number(number);
    }

    /// <summary>The short number that people see.</summary>
    public static string Number(long number) => $"C-{number}";
}
