-- A meeting room from a Q-SYS script (a Text Controller or a Control Script with these controls):
-- Mute, a toggle; HangUp, a trigger; InCall, an indicator; State, a text.
-- Fill in the three lines below. The token has the role `touch` of the box; see docs/integrations.md.

local json = require("rapidjson")

local Box = "https://box.example.com:8443"
local Token = "TOKEN"
local Every = 2 -- seconds between two looks

local function headers(more)
  local all = { ["Authorization"] = "Bearer " .. Token, ["Accept"] = "application/json" }
  for name, value in pairs(more or {}) do all[name] = value end
  return all
end

-- Asks the room for something, in the words of buttons. What the terminal confirms is seen at the next look.
function Ask(action)
  HttpClient.Upload({
    Url = Box .. "/api/v1/actions",
    Method = "POST",
    Headers = headers({ ["Content-Type"] = "application/json" }),
    Data = json.encode({ ["do"] = action, ["by"] = "Q-SYS" }),
    Timeout = 15,
    EventHandler = function(_, code, data, problem)
      local said = code == 200 and json.decode(data) or nil
      if said == nil then
        Controls.State.String = "not asked: " .. (problem or code)
      elseif said.outcome == "refused" or said.outcome == "nothing" then
        Controls.State.String = said.why
      end
      Look()
    end,
  })
end

-- Shows the room as the terminal has confirmed it.
function Look()
  HttpClient.Download({
    Url = Box .. "/api/v1/view",
    Headers = headers(),
    Timeout = 5,
    EventHandler = function(_, code, data, problem)
      local seen = code == 200 and json.decode(data) or nil
      if seen == nil then
        Controls.State.String = "no box: " .. (problem or code)
        return
      end
      Controls.Mute.Boolean = seen.view.mic_muted == true
      Controls.InCall.Boolean = seen.view.phase == "in_call"
      Controls.State.String = seen.view.doing
    end,
  })
end

Controls.Mute.EventHandler = function(control) Ask(control.Boolean and "mute on" or "mute off") end
Controls.HangUp.EventHandler = function() Ask("hang_up") end

local Clock = Timer.New()
Clock.EventHandler = Look
Clock:Start(Every)
Look()
