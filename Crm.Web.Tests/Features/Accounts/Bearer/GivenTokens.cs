using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.Bearer;

/// <summary>A pair as a program holds it.</summary>
sealed record HeldTokens(string Access, string Refresh);

/// <summary>Arranges programs that have signed in.</summary>
static class GivenTokens
{
    /// <summary>Signs in at /api/token/.</summary>
    public static async Task<HeldTokens> SignInAsync(this TestProgram program, string userName, string password = Given.Password)
    {
        var answer = await program.PostAsync("/api/token/", new { username = userName, password });
        return Held(answer);
    }

    public static HeldTokens Held(ApiAnswer answer) => new(answer["access"]!, answer["refresh"]!);

    /// <summary>A program that has signed in as a new account of a role.</summary>
    public static async Task<(TestProgram Program, TestAccount Account, HeldTokens Tokens)> SignedInAsync(this TestSite site, string role)
    {
        var account = await Given.AccountAsync(site.Open, role);
        var program = site.Program();
        var tokens = await program.SignInAsync(account.UserName);
        program.Access = tokens.Access;
        return (program, account, tokens);
    }

    /// <summary>The customer record of an account.</summary>
    public static async Task<Guid> RecordAsync(this TestSite site, TestAccount account, string firstName = "Nkẹ́chi", string lastName = "Okafor")
    {
        await using var db = site.Open();
        var customer = new Customer { Number = await db.NextNumberAsync(NumberKind.Customer, CancellationToken.None), JoinedAt = TestClock.Start.AddYears(-1) };
        customer.Rename(firstName, lastName);
        customer.SetEmail(account.Email);
        customer.LinkAccount(account.Id);
        customer.Touch(TestClock.Start);
        db.Customers.Add(customer);
        await db.SaveChangesAsync();
        return customer.Id;
    }

    /// <summary>A record of the counter, which no account belongs to.</summary>
    public static async Task CounterRecordAsync(this TestSite site, string phone)
    {
        await using var db = site.Open();
        var customer = new Customer { Number = await db.NextNumberAsync(NumberKind.Customer, CancellationToken.None), JoinedAt = TestClock.Start.AddYears(-1) };
        customer.Rename("Efua", "Mensah");
        customer.SetPhone(phone);
        customer.Touch(TestClock.Start);
        db.Customers.Add(customer);
        await db.SaveChangesAsync();
    }
}
