using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;

return await SecretsCommandLine.RunAsync(args, CommandEnvironment.OfProcess()).ConfigureAwait(false);
