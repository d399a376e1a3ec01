# Sigma Ops in PowerShell: tells the terminal of prompts and commands. Run after the person's own profile.
# Messages are OSC 633 and end in a secret that nothing else is given.
if ($env:SIGMA_OPS_NONCE -and -not (Test-Path variable:global:__SigmaNonce)) {
    $Global:__SigmaNonce = $env:SIGMA_OPS_NONCE
    $Global:__SigmaHistory = -1
    $Global:__SigmaOwnPrompt = $function:prompt

    function Global:__SigmaTell([string]$Message) {
        "$([char]27)]633;$Message;$Global:__SigmaNonce$([char]7)"
    }

    # Its argument, fit for a field of a message.
    function Global:__SigmaEscape([string]$Text) {
        [regex]::Replace($Text, '[\x00-\x1f\\;]', {
            param($Found)
            '\x{0:x2}' -f [int][char]$Found.Value
        })
    }

    function Global:prompt {
        $Succeeded = $global:?
        $Code = if ($Succeeded) { 0 } elseif ($global:LASTEXITCODE) { $global:LASTEXITCODE } else { 1 }
        $Last = Get-History -Count 1
        $Text = ''
        if ($Last -and $Last.Id -ne $Global:__SigmaHistory) {
            if ($Global:__SigmaHistory -ne -1) { $Text += __SigmaTell "D;$Code" }
            $Global:__SigmaHistory = $Last.Id
        } else {
            if ($Global:__SigmaHistory -eq -1) { $Global:__SigmaHistory = 0 }
            $Text += __SigmaTell 'D'
        }
        if ($PWD.Provider.Name -eq 'FileSystem') {
            $Text += __SigmaTell "P;Cwd=$(__SigmaEscape $PWD.ProviderPath)"
        }
        $Text += __SigmaTell 'A'
        # The person's own prompt sees whether the last command succeeded.
        if (-not $Succeeded) { Write-Error 'failed' -ErrorAction Ignore }
        $Text += & $Global:__SigmaOwnPrompt
        $Text + (__SigmaTell 'B')
    }

    # A line is read by PSReadLine; where that is not loaded, commands have no beginning, and no block.
    if (Get-Module -Name PSReadLine) {
        $Global:__SigmaReadLine = $function:PSConsoleHostReadLine
        function Global:PSConsoleHostReadLine {
            $Line = & $Global:__SigmaReadLine
            [Console]::Write("$(__SigmaTell "E;$(__SigmaEscape $Line)")$(__SigmaTell 'C')")
            $Line
        }
    }
}
Remove-Item Env:SIGMA_OPS_NONCE -ErrorAction Ignore
