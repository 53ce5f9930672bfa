using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Access;

/// <summary>Whoever may come: the columns of the matrix.</summary>
enum Visitor { Anonymous, Deactivated, CustomerA, CustomerB, Agent, Manager, Owner }

/// <summary>Who gets in: a cell of the matrix for each visitor.</summary>
/// <param name="Words">For the message of a test that fails.</param>
/// <param name="Needs">The permissions that decide it among staff; none where it is not for the owner to refine.</param>
sealed record Who(string Words, Func<Visitor, bool> Allows, params Permission[] Needs)
{
    /// <summary>The secret in the call is the proof, or there is nothing to protect.</summary>
    public static readonly Who Anybody = new("anybody", _ => true);
    public static readonly Who SignedIn = new("whoever is signed in", v => v is not (Visitor.Anonymous or Visitor.Deactivated));
    public static readonly Who Customers = new("customers, for what is theirs", v => v is Visitor.CustomerA or Visitor.CustomerB);
    public static readonly Who CustomerA = new("customer A, whose it is", v => v is Visitor.CustomerA);
    public static readonly Who Staff = new("staff", v => RoleOf(v) is not null);
    public static readonly Who CustomerAAndStaff = new("customer A and staff who see customers", v => v is Visitor.CustomerA || Has(v, Permission.SeeCustomers));
    public static readonly Who CustomersAndStaff = new("customers and staff who see customers", v => v is Visitor.CustomerA or Visitor.CustomerB || Has(v, Permission.SeeCustomers));
    public static readonly Who TheOwner = new("the owner", v => v is Visitor.Owner);
    public static readonly Who Nobody = new("nobody", _ => false);

    /// <summary>Staff whose role comes with all of these.</summary>
    public static Who May(params Permission[] needs) => new($"staff with {string.Join(" and ", needs)}", v => needs.All(p => Has(v, p)), needs);

    public static string? RoleOf(Visitor visitor) => visitor switch
    {
        Visitor.Agent => Roles.Agent,
        Visitor.Manager => Roles.Manager,
        Visitor.Owner => Roles.Owner,
        _ => null,
    };

    /// <summary>As the services see them; a session that was ended by switching its account off belongs to nobody.</summary>
    public static TestDesk DeskOf(TestShop shop, Visitor visitor) => PersonOf(visitor) is { } person ? shop.As(person) : shop.AsStranger();

    public static TestPerson? PersonOf(Visitor visitor) => visitor switch
    {
        Visitor.Anonymous or Visitor.Deactivated => null,
        Visitor.CustomerA => TestPeople.CustomerA,
        Visitor.CustomerB => TestPeople.CustomerB,
        Visitor.Agent => TestPeople.Agent,
        Visitor.Manager => TestPeople.Manager,
        Visitor.Owner => TestPeople.Owner,
    };

    private static bool Has(Visitor visitor, Permission permission) => RoleOf(visitor) is { } role && PermissionFacts.Of(permission).Default(role);
}
