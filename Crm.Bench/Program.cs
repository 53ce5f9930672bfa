using System.Globalization;
using Crm.Bench;
using Crm.Bench.Circuits;

// Measures what docs/measurements.md states; each line beside a floor measured in the same run.
return args switch
{
    ["start"] => await StartBench.RunAsync(),
    ["dashboard"] => await DashboardBench.RunAsync(),
    ["leads-list"] => await LeadListBench.RunAsync(),
    ["board"] => await BoardBench.RunAsync(),
    ["import", var file] => await ImportBench.RunAsync(file),
    ["api"] => await ApiBench.RunAsync(),
    ["api-floor", var connection, var userId] => await ApiBench.ServeFloorAsync(connection, userId),
    ["leads-api"] => await LeadsApiBench.RunAsync(),
    ["leads-floor", var connection] => await LeadsApiBench.ServeFloorAsync(connection),
    ["signin"] => await SignInBench.RunAsync(),
    ["telltale"] => await TellTaleBench.RunAsync(),
    ["circuits", .. var numbers] => await CircuitsBench.RunAsync(Number(numbers, 0, 1000), Number(numbers, 1, 60), Number(numbers, 2, 0)),
    _ => Usage(),
};

static int Number(string[] numbers, int at, int otherwise) => at < numbers.Length ? int.Parse(numbers[at], CultureInfo.InvariantCulture) : otherwise;

static int Usage()
{
    Console.Error.WriteLine("""
        Crm.Bench start            first page after an incremental start
        Crm.Bench dashboard        the owner's dashboard at 20,000 orders, on both databases
        Crm.Bench board            one move on the board until another screen hears of it, on both databases
        Crm.Bench leads-list       the list of leads with 5,000 and 100,000 of them, on both databases
        Crm.Bench import FILE      lines a second of the Online Retail file, on both databases
        Crm.Bench api              a profile with a token, beside a bare endpoint with one query
        Crm.Bench leads-api        the API's lead list and the desk's figures at 100,000 leads, beside a bare keyset endpoint
        Crm.Bench signin           sign-ins beside bare password hashes, and other requests meanwhile
        Crm.Bench telltale         pages that must not tell who has an account: a known address beside a new one
        Crm.Bench circuits [N [S [M]]]
                                   N people (1,000) on the board at once for S seconds (60), who move a card with one of M clicks (0: never):
                                   lost circuits, heap of each, time and queries of a click

        The PostgreSQL is the one named by CRM_TEST_POSTGRES: build/postgres.sh start prints it.
        """);
    return 2;
}
