Console.WriteLine("Design-time only: dotnet ef starts it.");
